package dev.whence.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateTest {
  @Test
  void leavesOpenWhatChangedWithTimeAndSeedOnly() {
    Template template = Template.of("200 for ann at 17", "200 for ann at 99");

    assertThat(template.matches("200 for ann at 3")).isTrue();
    assertThat(template.matches("200 for bob at 17")).isFalse();
  }

  @Test
  void isExactWhereNothingChanged() {
    Template template = Template.of("200 hello", "200 hello");

    assertThat(template.matches("200 hello")).isTrue();
    assertThat(template.matches("200 hello!")).isFalse();
    assertThat(template.matches("200")).isFalse();
  }

  @Test
  void isOpenFromWhereTheShapeChanged() {
    Template template = Template.of("200 a b", "200 a b c");

    assertThat(template.matches("200 a b x y z")).isTrue();
    assertThat(template.matches("500 a b")).isFalse();
  }
}
