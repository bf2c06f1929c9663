package dev.penstock.generators.onnx;

/// The device that was asked for cannot be used. The message is a sentence that names what is missing.
public final class DeviceUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeviceUnavailableException(String sentence) {
    super(sentence);
  }
}
