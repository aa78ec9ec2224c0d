package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CauseJsonTest {

  @Test
  void hasTheDocumentedKeysInTheirOrder() {
    assertThat(CauseJson.write(Causes.of(CauseKind.AWAITS_OTHER_REQUEST)))
        .isEqualTo(
            ("{'kind':'awaits-other-request',"
                    + "'summary':'r2 waits for a promise that r1 created; only r1 can settle it.',"
                    + "'awaited':{'file':'worker.js','line':11,'column':3,"
                    + "'function':'handleRequest','stack':['handleRequest (worker.js:11:3)',"
                    + "'fetch (worker.js:5:12)']},"
                    + "'created':{'file':'worker.js','line':18,'column':10,"
                    + "'function':'sleep','stack':['sleep (worker.js:18:10)',"
                    + "'handleRequest (worker.js:10:15)','fetch (worker.js:5:12)']},"
                    + "'owner':{'request':'r1','state':'waiting','method':'GET','url':'/a',"
                    + "'waitsFor':'setTimeout 20000 ms (worker.js:19:5)'},"
                    + "'store':'module variable `blocker` of worker.js',"
                    + "'fix':'await per request, or keep the settled value instead of the"
                    + " promise',"
                    + "'code':{'file':'worker.js','line':11,'column':3,'frame':'"
                    + "   9 | async function handleRequest(path) {~"
                    + "  10 |   blocker ??= sleep(20_000);~"
                    + "> 11 |   await blocker;~"
                    + "     |   ^~"
                    + "  12 |   return new Response(path);~"
                    + "  13 | }~'}}")
                .replace('\'', '"')
                .replace("~", "\\n"));
  }

  @Test
  void marksLibrariesAndNamesTheAuthorsFrame() {
    assertThat(CauseJson.write(Causes.of(CauseKind.OWNER_ENDED)))
        .contains(
            json(
                "'function':'reload','library':true,'stack':['reload"
                    + " (node_modules/jose/dist/jwks/remote.js:88:13)'"))
        .contains(
            json(
                "],'author':{'file':'src/auth.ts','line':12,'column':24,"
                    + "'function':'authenticate'}}"))
        .contains(
            json(
                "'state':'ended','method':'GET','url':'/login?next=%2F','waitsFor':'fetch GET"
                    + " https://id.example.com/jwks.json (src/auth.ts:30:9)',"
                    + "'ended':'the client left 40 ms earlier'}"))
        .contains(json("'chain':[{'what':'awaits','file':'src/worker.ts','line':9,'column':17,"));
  }

  @Test
  void holdsWhatIsPeculiarToAKind() {
    assertThat(CauseJson.write(Causes.of(CauseKind.SETTLEMENT_DROPPED)))
        .contains(json("'holder':'array `waiters` in module variable `mutex` of worker.js',"))
        .contains(
            json(
                "'settler':{'request':'r3','file':'worker.js','line':19,'column':5,"
                    + "'function':'release','afterMs':40},"));
    assertThat(CauseJson.write(Causes.of(CauseKind.DEADLOCK)))
        .contains(json("'cycle':['r1','r2'],"));
    assertThat(CauseJson.write(Causes.of(CauseKind.OWNER_HUNG)))
        .contains(json("'root':{'request':'r1','kind':'never-settles','summary':'r1 waits for"));
    assertThat(CauseJson.write(Causes.of(CauseKind.STARTUP_PROMISE)))
        .contains(json("'owner':{'request':'start-up','state':'start-up'},"));
    assertThat(CauseJson.write(Causes.risk())).contains(json("'note':'Said once per place.'"));
  }

  @Test
  void leavesOutWhatIsUnknown() {
    assertThat(CauseJson.write(new Sample(CauseKind.NEVER_SETTLES, "r2 waits.").cause()))
        .isEqualTo(json("{'kind':'never-settles','summary':'r2 waits.','fix':'change something'}"));
  }

  @Test
  void stopsAfterTenFrames() {
    String written = CauseJson.write(Causes.hostile());
    String stack =
        written.substring(written.indexOf("\"stack\":["), written.indexOf("],\"author\""));

    assertThat(stack.split("src/", -1)).hasSize(11);
  }

  @Test
  void isJsonOnOneLineWhateverTheNames() throws Exception {
    String written = CauseJson.write(Causes.hostile());
    JsonNode cause = new ObjectMapper().readTree(written);

    assertThat(written.codePoints()).noneMatch(c -> c < 0x20);
    assertThat(cause.fieldNames())
        .toIterable()
        .containsExactly(
            "kind", "summary", "awaited", "created", "owner", "chain", "store", "holder", "settler",
            "cycle", "root", "fix", "note", "code");
    assertThat(cause.get("store").asText()).isEqualTo(Causes.hostile().store());
    assertThat(cause.get("awaited").get("author").get("line").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void eachKindIsJson(CauseKind kind) throws Exception {
    JsonNode cause = new ObjectMapper().readTree(CauseJson.write(Causes.of(kind)));

    assertThat(cause.get("kind").asText()).isEqualTo(Causes.fileName(kind));
    assertThat(cause.get("fix").asText()).isNotEmpty();
  }

  @Test
  void hidesSecretsInUrlsAndTextWithUrls() {
    Cause cause =
        new Sample(CauseKind.OWNER_ENDED, "r2 waits for GET /?key=SECRET")
            .owner(
                new Owner(
                    "r1",
                    "GET",
                    "/?key=SECRET",
                    Owner.State.WAITING,
                    List.of(new Work("fetch GET http://a.test/SECRET", null)),
                    null))
            .root(new Root("r1", CauseKind.DEADLOCK, "SECRET"))
            .cause();

    assertThat(CauseJson.append(new StringBuilder(), cause, text -> text.replace("SECRET", "***")))
        .doesNotContain("SECRET")
        .contains("/?key=***", "http://a.test/***");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
