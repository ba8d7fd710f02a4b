package shop;

import java.io.IOException;

/// A program that knows nothing of the tracer and works on until nobody listens any more: a line it
/// is given is a customer.
public final class Kiosk {
  private Kiosk() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("open");
    int customers = 0;
    int each;
    while ((each = System.in.read()) >= 0) {
      if (each == '\n') {
        serve(++customers);
      }
    }
  }

  static void serve(int customer) {
    System.out.println(customer);
  }
}
