package dev.penstock.generatorstream.route;

import dev.penstock.generators.GenerationException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How one variant ended. Kept in the inbox as a mark until all variants of the prompt have ended; the first byte
/// is the version of that format.
public sealed interface VariantEnd {

  byte VERSION = 1;

  int variant();

  /// Content was made and forwarded.
  record Made(int variant) implements VariantEnd {}

  /// No content.
  ///
  /// @param causes the cause chain, outermost first; empty unless `kind` is BROKEN
  record Failed(int variant, Kind kind, String reason, String sentence, List<String> causes) implements VariantEnd {
    public Failed {
      causes = List.copyOf(causes);
    }
  }

  /// Why a variant has no content; the strongest comes first.
  enum Kind {
    BROKEN,
    EXPIRED,
    CANCELLED,
    REJECTED
  }

  static Failed of(int variant, GenerationException cause) {
    Kind kind =
        switch (cause) {
          case GenerationException.Rejected e -> Kind.REJECTED;
          case GenerationException.Broken e -> Kind.BROKEN;
          case GenerationException.Expired e -> Kind.EXPIRED;
          case GenerationException.Cancelled e -> Kind.CANCELLED;
        };
    List<String> causes = kind == Kind.BROKEN ? Causes.of(cause) : List.of();
    return new Failed(variant, kind, cause.reason(), String.valueOf(cause.getMessage()), causes);
  }

  default byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      switch (this) {
        case Made made -> out.writeByte(-1);
        case Failed failed -> {
          out.writeByte(failed.kind().ordinal());
          out.writeUTF(failed.reason());
          out.writeUTF(Causes.cut(failed.sentence()));
          out.writeByte(failed.causes().size());
          for (String cause : failed.causes()) out.writeUTF(Causes.cut(cause));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  static VariantEnd fromBytes(int variant, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte version = in.readByte();
      if (version != VERSION)
        throw new IllegalStateException(
            "inbox mark of format version %d; this program reads version %d".formatted(version, VERSION));
      byte kind = in.readByte();
      if (kind < 0) return new Made(variant);
      String reason = in.readUTF();
      String sentence = in.readUTF();
      int count = in.readByte();
      List<String> causes = new ArrayList<>(count);
      for (int i = 0; i < count; i++) causes.add(in.readUTF());
      return new Failed(variant, Kind.values()[kind], reason, sentence, causes);
    } catch (IOException e) {
      throw new IllegalStateException("an inbox mark of %d bytes is cut short".formatted(bytes.length), e);
    }
  }
}
