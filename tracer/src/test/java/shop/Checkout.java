package shop;

/// A program that knows nothing of the tracer; what it computes must stay the same when its methods
/// are instrumented.
public final class Checkout {
  private Checkout() {}

  public static void main(String[] arguments) {
    long sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += work(i, "x".repeat(i));
    }
    try {
      work(-1, "");
    } catch (IllegalArgumentException expected) {
      sum += expected.toString().endsWith("below zero") ? 10 : 0;
    }
    System.out.print(sum);
  }

  static long work(int number, String text) {
    if (number < 0) {
      throw new IllegalArgumentException("below zero");
    }
    try {
      return number * 10L + text.charAt(0);
    } catch (StringIndexOutOfBoundsException empty) {
      return 7;
    }
  }
}
