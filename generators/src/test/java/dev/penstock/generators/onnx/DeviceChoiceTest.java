package dev.penstock.generators.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.generators.placement.Device;
import dev.penstock.generators.placement.DeviceSettings;
import dev.penstock.generators.placement.Placement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `auto` takes what is there and says in one line why it is not a GPU; `cuda:N` takes that GPU or refuses, naming what
/// is missing. Runs with either build; on a machine without a GPU both refuse.
class DeviceChoiceTest {

  @Test
  void autoFallsBackToTheProcessorWithOneLineThatNamesWhatIsMissing() {
    DeviceChoice choice = DeviceChoice.of(settings(new Device.Auto()), gpu -> Optional.of("libcublasLt.so.12 is missing"));

    assertThat(choice.cuda()).isEmpty();
    assertThat(choice.line()).contains("device cpu: libcublasLt.so.12 is missing");
    assertThat(choice.placement("any")).isEqualTo(new Placement.OnCpu());
  }

  @Test
  void autoTakesTheFirstGpuWhereNothingIsMissing() {
    DeviceChoice choice = DeviceChoice.of(settings(new Device.Auto()), gpu -> Optional.empty());

    assertThat(choice.cuda()).hasValue(0);
    assertThat(choice.line()).contains("device cuda:0");
  }

  @Test
  void aGpuByItsNumberIsTakenOrRefusedInOneSentence() {
    assertThat(DeviceChoice.of(settings(new Device.Cuda(1)), gpu -> Optional.empty()).cuda()).hasValue(1);
    assertThatThrownBy(
            () -> DeviceChoice.of(settings(new Device.Cuda(1)), gpu -> Optional.of("libcublasLt.so.12 is missing")))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessage(
            "device is cuda:1, and libcublasLt.so.12 is missing; install what is missing, or set device=cpu or device=auto");
  }

  @Test
  void theProcessorIsNotAskedAbout() {
    DeviceChoice choice =
        DeviceChoice.of(
            settings(new Device.Cpu()),
            gpu -> {
              throw new AssertionError("nobody asks");
            });

    assertThat(choice.line()).isEmpty();
  }

  @Test
  void thisBuildOnThisMachineNamesTheLibraryThatIsMissing() {
    assumeThat(System.getenv("NVIDIA_VISIBLE_DEVICES")).as("no GPU is lent to this process").isNull();
    assumeThat(java.nio.file.Path.of("/proc/driver/nvidia")).as("there is no NVIDIA driver").doesNotExist();

    assertThatThrownBy(() -> DeviceChoice.of(settings(new Device.Cuda(0))))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageMatching("device is cuda:0, and (this build has no )?lib[\\w.+-]+\\.so[.\\d]* .*")
        .hasMessageNotContaining("\n");
  }

  @Test
  void findsTheNameOfTheMissingLibraryInWhatTheRuntimeSays() {
    assertThat(
            CudaProvider.reason(
                "Error code - ORT_FAIL - message: Failed to load library /x/libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared object file: No such file or directory"))
        .isEqualTo("libcublasLt.so.12 is missing");
    assertThat(CudaProvider.reason("CUDA failure 100: no CUDA-capable device is detected\n at more"))
        .isEqualTo("CUDA failure 100: no CUDA-capable device is detected");
  }

  private static DeviceSettings settings(Device device) {
    return new DeviceSettings(device, Map.of(), 0, Map.of());
  }
}
