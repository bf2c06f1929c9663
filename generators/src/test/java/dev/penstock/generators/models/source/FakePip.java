package dev.penstock.generators.models.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Shell scripts that stand in for `python3`: they answer `--version` as pip does and otherwise run a few lines, with
/// the folder after `--dest` in `$dest`. Each download is counted in a file.
final class FakePip {

  private final Path folder;
  private final Path calls;

  FakePip(Path folder) throws IOException {
    this.folder = folder;
    this.calls = Files.createFile(folder.resolve("calls"));
  }

  PipClient running(String version, String... lines) throws IOException {
    String script = """
        #!/bin/sh
        if [ "$4" = --version ] || [ "$3" = --version ]; then echo "pip %s from somewhere (python 3.11)"; exit 0; fi
        echo "$@" >> '%s'
        while [ $# -gt 0 ]; do if [ "$1" = --dest ]; then dest=$2; fi; shift; done
        %s
        """.formatted(version, calls, String.join("\n", lines));
    return client(script);
  }

  /// A program that prints a line and fails, whatever it is asked.
  PipClient failing(String line) throws IOException {
    return client("#!/bin/sh\necho '" + line + "' >&2\nexit 1\n");
  }

  private PipClient client(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("python3"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new PipClient(file.toString());
  }

  /// The arguments of every download so far, one a line.
  String calls() throws IOException {
    return Files.readString(calls);
  }

  /// A wheel with one member.
  static Path wheel(Path file, String member, byte[] contents) throws IOException {
    try (OutputStream out = Files.newOutputStream(file); var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(member));
      zip.write(contents);
      zip.closeEntry();
    }
    return file;
  }
}
