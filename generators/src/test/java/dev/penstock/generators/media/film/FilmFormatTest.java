package dev.penstock.generators.media.film;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.generators.media.picture.Bitmap;
import dev.penstock.generators.media.picture.PictureSize;
import dev.penstock.generators.media.sound.Sound;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/// Specified: the files that films are delivered as. They are read back by FFmpeg's demuxers and ImageIO.
class FilmFormatTest {

  @TempDir private Path folder;

  private static Film film(@Nullable Sound sound) {
    return new Film(FilmFormatTest::frame, 12, 12, new PictureSize(64, 48), sound);
  }

  /// A white bar that moves over a shade.
  private static Bitmap frame(int index) {
    int[] rgb = new int[64 * 48];
    for (int i = 0; i < rgb.length; i++) rgb[i] = i % 64 / 5 == index ? 0xFFFFFF : i % 64 * 4 << 16 | i / 64 * 5;
    return new Bitmap(64, 48, rgb);
  }

  private static Sound tone() {
    float[] samples = new float[22_050];
    for (int i = 0; i < samples.length; i++) samples[i] = (float) (0.3 * Math.sin(i * 2 * Math.PI * 440 / 22_050));
    return new Sound(samples, 22_050);
  }

  /// Codec to number of packets.
  private Map<String, Integer> packets(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("film"), file);
    AVFormatContext context = new AVFormatContext(null);
    assertThat(avformat.avformat_open_input(context, path.toString(), (AVInputFormat) null, (AVDictionary) null)).isZero();
    Map<String, Integer> packets = new TreeMap<>();
    try (AVPacket packet = avcodec.av_packet_alloc()) {
      while (avformat.av_read_frame(context, packet) >= 0) {
        int codec = context.streams(packet.stream_index()).codecpar().codec_id();
        packets.merge(avcodec.avcodec_get_name(codec).getString(), 1, Integer::sum);
        avcodec.av_packet_unref(packet);
      }
    }
    avformat.avformat_close_input(context);
    return packets;
  }

  @ParameterizedTest
  @EnumSource(FilmFormat.class)
  void writesTheSameFilmAsTheSameBytes(FilmFormat format) {
    Sound sound = format.hasSound() ? tone() : null;
    assertThat(format.encode(film(sound), 70)).isEqualTo(format.encode(film(sound), 70));
  }

  @Test
  void webmIsVp9AndOpus() throws Exception {
    byte[] file = FilmFormat.WEBM.encode(film(tone()), 70);
    assertThat(new String(file, 0, 64, US_ASCII)).contains("webm");
    assertThat(packets(file)).containsEntry("vp9", 12).containsKey("opus").hasSize(2);
  }

  @Test
  void mp4IsH264AndAac() throws Exception {
    byte[] file = FilmFormat.MP4.encode(film(tone()), 70);
    assertThat(new String(file, 4, 4, US_ASCII)).isEqualTo("ftyp");
    assertThat(packets(file)).containsEntry("h264", 12).containsKey("aac").hasSize(2);
  }

  @Test
  void aFilmWithoutSoundHasPicturesAlone() throws Exception {
    assertThat(packets(FilmFormat.WEBM.encode(film(null), 70))).isEqualTo(Map.of("vp9", 12));
  }

  @Test
  void gifRepeatsForEverAndShowsItsFrames() throws Exception {
    byte[] file = FilmFormat.GIF.encode(film(null), 70);
    assertThat(new String(file, 0, 6, US_ASCII)).isEqualTo("GIF89a");
    assertThat(new String(file, US_ASCII)).contains("NETSCAPE2.0");
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(12);
      Bitmap third = Bitmap.of(reader.read(2));
      assertThat(third.rgb()[24 * 64 + 12]).as("the bar").isEqualTo(0xFFFFFF);
      assertThat(third.rgb()[24 * 64 + 50] >> 16).as("red of the shade").isBetween(185, 215);
    }
  }

  @Test
  void lessQualityIsLess() {
    Film large = new Film(index -> frame(index).resized(320, 240), 12, 12, new PictureSize(320, 240), null);
    for (FilmFormat format : new FilmFormat[] {FilmFormat.WEBM, FilmFormat.MP4})
      assertThat(format.encode(large, 5).length).as("%s", format).isLessThan(format.encode(large, 100).length);
  }
}
