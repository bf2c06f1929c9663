package dev.penstock.generators.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.generators.media.picture.CubicConvolution.Window;
import dev.penstock.generators.media.picture.PictureSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Specified: what the camera shows has the film's proportions and never leaves the picture, whatever their sizes.
class CameraMoveTest {

  @ParameterizedTest
  @EnumSource(CameraMove.class)
  void neverLeavesThePicture(CameraMove move) {
    for (PictureSize film : new PictureSize[] {new PictureSize(728, 90), new PictureSize(108, 192), new PictureSize(64, 64)})
      for (int i = 0; i <= 20; i++) {
        Window shown = move.at(i / 20.0, 320, 240, film);
        assertThat(shown.x()).isBetween(-1e-9, 320 - shown.width() + 1e-9);
        assertThat(shown.y()).isBetween(-1e-9, 240 - shown.height() + 1e-9);
        assertThat(shown.width() / shown.height()).isCloseTo((double) film.width() / film.height(), within(1e-9));
      }
  }

  @Test
  void zoomsInToWhatZoomingOutStartsAt() {
    PictureSize film = new PictureSize(100, 100);
    assertThat(CameraMove.ZOOM_IN.at(1, 300, 300, film)).isEqualTo(CameraMove.ZOOM_OUT.at(0, 300, 300, film));
    assertThat(CameraMove.ZOOM_IN.at(1, 300, 300, film).width()).isLessThan(CameraMove.ZOOM_IN.at(0, 300, 300, film).width());
  }

  @Test
  void pansFromOneEdgeToTheOther() {
    PictureSize film = new PictureSize(100, 100);
    assertThat(CameraMove.PAN_RIGHT.at(0, 300, 300, film).x()).isCloseTo(0, within(1e-9));
    Window end = CameraMove.PAN_RIGHT.at(1, 300, 300, film);
    assertThat(end.x() + end.width()).isCloseTo(300, within(1e-9));
    assertThat(CameraMove.PAN_UP.at(1, 300, 300, film).y()).isCloseTo(0, within(1e-9));
  }

  @Test
  void breathesBackToWhereItBegan() {
    PictureSize film = new PictureSize(100, 100);
    assertThat(CameraMove.BREATHE.at(1, 300, 300, film).width())
        .isCloseTo(CameraMove.BREATHE.at(0, 300, 300, film).width(), within(1e-9));
    assertThat(CameraMove.BREATHE.at(0.5, 300, 300, film).width()).isLessThan(300 * 0.95);
  }
}
