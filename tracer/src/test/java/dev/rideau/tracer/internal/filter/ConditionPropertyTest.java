package dev.rideau.tracer.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.tracer.internal.emit.Leaf;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Random conditions on random fields: the compiled one says what a plain interpreter says.
final class ConditionPropertyTest {
  private static final int CONDITIONS = 8;

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void compiledConditionsSayWhatAnInterpreterSays(@ForAll long seed) throws Throwable {
    Random random = new Random(seed);
    RandomFields fields = new RandomFields(random);
    for (int i = 0; i < CONDITIONS; i++) {
      RandomFields.Asked asked = fields.condition(3);
      MethodHandle handle =
          ConditionCompiler.compile(ConditionParser.parse(asked.text()), Leaf.of(fields.fields()));
      assertThat(Objects.requireNonNull(handle).invokeWithArguments(fields.leaves()))
          .as("%s of %s, leaves %s", asked.text(), fields.values(), fields.leaves())
          .isEqualTo(asked.holds());
    }
  }
}
