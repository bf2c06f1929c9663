package dev.penstock.runtime.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Asks a service in the same container whether it is ready, for images that have no `curl`:
/// `java -cp runtime.jar dev.penstock.runtime.health.Probe 8079` leaves with 0 if it is. Needs nothing but the JDK, so
/// that it takes little more than the start of a JVM.
public final class Probe {

  private static final int PATIENCE_MILLIS = 3_000;

  private Probe() {}

  /// @param arguments the port of the health endpoint
  public static void main(String[] arguments) {
    System.exit(isReady(Integer.parseInt(arguments[0])) ? 0 : 1);
  }

  static boolean isReady(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write("GET /health/ready HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
      return status.endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }
}
