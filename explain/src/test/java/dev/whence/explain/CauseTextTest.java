package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTextTest {
  private static final String COLOUR = "\u001b\\[[0-9;]*m";

  @ParameterizedTest
  @EnumSource
  void eachKindReadsAsExpected(CauseKind kind) throws IOException {
    String subject = kind == CauseKind.GLOBAL_SCOPE_IO ? "The worker" : "GET /b";
    Golden.check(Causes.fileName(kind) + ".txt", CauseText.plain(Causes.of(kind), subject));
  }

  @Test
  void aRiskIsMarkedAsOne() throws IOException {
    Golden.check("risk.txt", CauseText.plain(Causes.risk(), "GET /b"));
    assertThat(CauseText.coloured(Causes.risk(), "GET /b"))
        .startsWith("\u001b[1;33mGET /b at risk:\u001b[0m r2 ");
  }

  @Test
  void aHangIsRedAndNothingElseDiffersFromThePlainForm() {
    for (CauseKind kind : CauseKind.values()) {
      String coloured = CauseText.coloured(Causes.of(kind), "GET /b");
      assertThat(coloured).startsWith("\u001b[1;31mGET /b ");
      assertThat(coloured.replaceAll(COLOUR, ""))
          .isEqualTo(CauseText.plain(Causes.of(kind), "GET /b"));
    }
  }

  @Test
  void theRequestsNameIsTheSubjectWhenNobodyKnowsABetterOne() {
    assertThat(CauseText.plain(Causes.of(CauseKind.DEADLOCK), null)).startsWith("r2 hung: ");
  }

  @Test
  void staysWithinItsSizeWhateverThereIsToSay() {
    List<String> lines =
        CauseText.plain(Causes.hostile(), "GET /" + "p".repeat(500)).lines().toList();

    assertThat(lines).hasSizeLessThanOrEqualTo(25).allMatch(line -> line.length() <= 96);
    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("  awaited at   ") && line.contains(":123456:98765) (library)"))
        .anyMatch(line -> line.startsWith("  called from  ") && line.endsWith(":1:1)"))
        .anyMatch(line -> line.startsWith("  created by   "))
        .anyMatch(line -> line.startsWith("  through      "))
        .anyMatch(line -> line.endsWith("… and 29 more steps"))
        .anyMatch(line -> line.startsWith("  kept in      "))
        .anyMatch(line -> line.startsWith("  resolver in  "))
        .anyMatch(line -> line.startsWith("  settled by   "))
        .anyMatch(line -> line.startsWith("  cycle        r0"))
        .anyMatch(line -> line.startsWith("  see "))
        .anyMatch(line -> line.startsWith("  > 4 | "))
        .anyMatch(line -> line.startsWith("  try          change"))
        .anyMatch(line -> line.startsWith("  note         note"));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 200})
  void fitsOtherWidths(int width) {
    for (Cause cause : List.of(Causes.hostile(), Causes.of(CauseKind.OWNER_ENDED))) {
      assertThat(CauseText.render(cause, "GET /b", Paint.OFF, width).lines())
          .hasSizeLessThanOrEqualTo(25)
          .allMatch(line -> line.length() <= width);
    }
  }

  @Test
  void neitherNamesNorCodeCommandTheTerminal() {
    String card = CauseText.plain(Causes.hostile(), "GET /\u001b]0;x\u0007\r\nforged");

    assertThat(card)
        .startsWith("GET /\\x1b]0;x\\x07 forged hung: ")
        .contains("\\x1b[2J\\u202e\\x85");
    assertThat(card.replace("\n", "").codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x202e);
  }

  @Test
  void saysLessOfAChainThanOfItsEnd() {
    Cause cause =
        new Sample(CauseKind.NEVER_SETTLES, "r2 waits.")
            .chain(
                List.of(
                    new Hop("awaits", Causes.at(1, 1, "a")),
                    new Hop("Promise.all", Causes.at(2, 1, "b")),
                    new Hop("awaits", Causes.at(3, 1, null))))
            .cause();

    assertThat(CauseText.plain(cause, "GET /b"))
        .isEqualTo(
            """
            GET /b hung: r2 waits.
              through      awaits a (worker.js:1:1)
                           Promise.all b (worker.js:2:1)
                           awaits worker.js:3:1
              try          change something
            """);
  }

  @Test
  void shortensPathsInTheMiddleAndKeepsThePosition() {
    String file = "packages/shop/" + "deep/".repeat(30) + "cart.ts";
    Cause cause =
        new Sample(CauseKind.NEVER_SETTLES, "r2 waits.")
            .stacks(
                new CallStack(List.of(new Site(file, 7, 12, "total", false))), CallStack.UNKNOWN)
            .cause();

    assertThat(CauseText.plain(cause, "GET /b").lines().toList().get(1))
        .startsWith("  awaited at   total (packages/shop/deep")
        .contains("…")
        .endsWith("/deep/cart.ts:7:12)")
        .hasSizeLessThanOrEqualTo(96);
  }

  @Test
  void tellsOfAnOwnerOnlyWhatIsKnown() {
    assertThat(owner(new Owner("r1", null, null, Owner.State.ENDED, List.of(), null)))
        .isEqualTo("  created by   r1, which has ended");
    assertThat(owner(new Owner("r1", "GET", "/a", Owner.State.WAITING, List.of(), null)))
        .isEqualTo("  created by   r1 (GET /a), which is still waiting");
    assertThat(
            owner(
                new Owner(
                    "r1",
                    "scheduled",
                    null,
                    Owner.State.ENDED,
                    List.of(),
                    new Owner.End("it returned", 125_000))))
        .isEqualTo("  created by   r1 (scheduled), which ended 125 s earlier: it returned");
  }

  @Test
  void saysNothingTwice() {
    Root root = new Root("r1", CauseKind.NEVER_SETTLES, "r1 waits for ever.");
    Sample hung =
        new Sample(CauseKind.OWNER_HUNG, "r2 waits for r1, which hung. r1 waits for ever.");
    assertThat(CauseText.plain(hung.root(root).cause(), "GET /b"))
        .contains("  see r1       its own card tells more: never-settles\n");

    Sample deadlock =
        new Sample(CauseKind.DEADLOCK, "r1 and r2 wait for each other: r1 → r2 → r1.");
    assertThat(CauseText.plain(deadlock.cycle(List.of("r1", "r2")).cause(), "GET /b"))
        .hasLineCount(2);
  }

  private static String owner(Owner owner) {
    Cause cause = new Sample(CauseKind.OWNER_ENDED, "r2 waits.").owner(owner).cause();
    return CauseText.plain(cause, "GET /b").lines().toList().get(1);
  }
}
