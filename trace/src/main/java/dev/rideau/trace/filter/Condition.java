package dev.rideau.trace.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;

/// An expression as it was written.
sealed interface Condition {

  /// Both hold.
  record And(Condition left, Condition right) implements Condition {}

  /// One of them holds, or both.
  record Or(Condition left, Condition right) implements Condition {}

  /// It does not hold.
  record Not(Condition operand) implements Condition {}

  /// The record has the field; of a boolean, and it is true.
  record Present(Name name) implements Condition {}

  /// The record has the field and its value stands in that relation to the operand.
  record Comparison(Name name, Operator operator, Operand operand) implements Condition {

    /// What is the same for integers, but has no number with a fraction: no bit is lost to one.
    Comparison ofIntegers() {
      if (!(operand instanceof Operand.RealOperand(BigDecimal number))) {
        return this;
      }
      BigInteger floor = number.setScale(0, RoundingMode.FLOOR).toBigInteger();
      boolean isIntegral = new BigDecimal(floor).compareTo(number) == 0;
      if (floor.compareTo(Operand.GREATEST) > 0 || floor.compareTo(Operand.LEAST) < 0) {
        return always(operator.holds(-floor.signum()));
      }
      return switch (operator) {
        case EQUAL, NOT_EQUAL, MATCHES ->
            isIntegral ? with(operator, floor) : always(operator == Operator.NOT_EQUAL);
        case LESS -> with(isIntegral ? operator : Operator.LESS_OR_EQUAL, floor);
        case GREATER_OR_EQUAL -> with(isIntegral ? operator : Operator.GREATER, floor);
        case LESS_OR_EQUAL, GREATER -> with(operator, floor);
      };
    }

    // Integers are at most as large as the largest.
    private Comparison always(boolean holds) {
      return with(holds ? Operator.LESS_OR_EQUAL : Operator.GREATER, Operand.GREATEST);
    }

    private Comparison with(Operator operator, BigInteger number) {
      return new Comparison(
          name, operator, new Operand.IntegerOperand(number.longValue(), number.bitLength() > 63));
    }
  }

  /// Relations between a value and an operand.
  enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    MATCHES("=~");

    final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /// The same relation seen from the other side.
    Operator mirrored() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case EQUAL, NOT_EQUAL, MATCHES -> this;
      };
    }

    /// Whether the relation holds when comparing gave `order`.
    boolean holds(int order) {
      return switch (this) {
        case EQUAL, MATCHES -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  /// What a value is compared with.
  sealed interface Operand {
    /// The least integer.
    BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    /// The greatest integer.
    BigInteger GREATEST = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /// An integer from -2^63 to 2^64-1.
    ///
    /// @param bits two's complement; above 2^63-1 the bits of the unsigned number
    /// @param aboveLong whether it is above 2^63-1
    record IntegerOperand(long bits, boolean aboveLong) implements Operand {}

    /// A number with a fraction or an exponent, with all its digits.
    record RealOperand(BigDecimal number) implements Operand {}

    /// Text.
    record TextOperand(String text) implements Operand {}

    /// A shell pattern.
    record GlobOperand(Glob glob) implements Operand {}

    /// A regular expression, to be found anywhere in the text.
    record RegexOperand(Pattern pattern) implements Operand {}
  }

  /// Names a field or a property of a record.
  ///
  /// @param root where to look
  /// @param steps how to go on from there, never empty
  /// @param position where it stands in the expression
  record Name(Root root, List<Step> steps, int position) {
    public Name {
      steps = List.copyOf(steps);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(root.prefix);
      for (Step step : steps) {
        switch (step) {
          case Step.Member member -> text.append(text.isEmpty() ? "" : ".").append(member.name());
          case Step.Index index -> text.append('[').append(index.index()).append(']');
        }
      }
      return text.toString();
    }
  }

  /// One step of a name.
  sealed interface Step {
    /// To a member of a structure or an option of a variant.
    record Member(String name) implements Step {}

    /// To an element of an array.
    record Index(int index) implements Step {}
  }

  /// Where a name starts.
  enum Root {
    /// Payload, else specific context, else common context, else packet context.
    ANYWHERE(""),
    PAYLOAD("payload"),
    /// Specific context, else common context.
    CONTEXT("context"),
    PACKET("packet"),
    /// Properties of the record and its class.
    EVENT("event"),
    STREAM("stream"),
    TRACE("trace"),
    /// Environment of the trace.
    ENVIRONMENT("env");

    final String prefix;

    Root(String prefix) {
      this.prefix = prefix;
    }
  }
}
