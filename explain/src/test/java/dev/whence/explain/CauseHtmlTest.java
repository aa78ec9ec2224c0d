package dev.whence.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CauseHtmlTest {
  /** All that a fragment consists of besides text. */
  private static final Pattern TAG =
      Pattern.compile(
          "</?(section|p|span|code|b|i|dl|div|dt|dd|figure|figcaption|pre|mark)"
              + "( class=\"(cause|cause risk|summary|verb|try|note)\"| tabindex=\"0\")?>");

  @Test
  void aCardReadsAsExpected() throws IOException {
    Cause cause = Causes.of(CauseKind.AWAITS_OTHER_REQUEST);
    Golden.check("awaits-other-request.html", CauseHtml.fragment(cause));
  }

  @ParameterizedTest
  @EnumSource
  void eachKindNamesItselfAndSaysWhatToChange(CauseKind kind) {
    Cause cause = Causes.of(kind);
    assertThat(CauseHtml.fragment(cause))
        .startsWith("<section class=\"cause\">")
        .contains(">" + kind.wireName() + "<", "<b>Try</b> ")
        .contains(cause.code() == null ? "</dl>" : "<mark><i>")
        .endsWith("</section>\n");
  }

  @Test
  void aRiskIsMarkedAsOne() {
    assertThat(CauseHtml.fragment(Causes.risk()))
        .startsWith("<section class=\"cause risk\">")
        .contains(">at risk<");
  }

  @Test
  void namesStayText() {
    String fragment = CauseHtml.fragment(Causes.hostile());

    assertThat(TAG.matcher(fragment).replaceAll("")).doesNotContain("<", ">", "\"");
    assertThat(fragment).contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;");
    assertThat(fragment.replace("\n", "").codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x202e);
  }

  @Test
  void marksTheNameAtThePlaceAndWhatIsBetweenBackticks() {
    assertThat(CauseHtml.fragment(Causes.of(CauseKind.OWNER_ENDED)))
        .contains("to <code>waitUntil</code> of");
    assertThat(CauseHtml.fragment(Causes.of(CauseKind.DEADLOCK)))
        .contains("<mark><i>11</i>  <b>await</b> blocker;</mark>");
    Code pastTheEnd = new Code(Causes.at(1, 99, null), "a\n");
    assertThat(
            CauseHtml.fragment(
                new Sample(CauseKind.DEADLOCK, "one ` only").code(pastTheEnd).cause()))
        .contains("<mark><i>1</i>a<b> </b></mark>", "one ` only");
  }
}
