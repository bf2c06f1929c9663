package dev.penstock.generators.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each lane gets its bound of GPU memory and the provider's options, which are refused by name if there are none such.
class DeviceSettingsTest {

  @Test
  void aLaneHasItsOwnBoundOrThatOfAll() {
    DeviceSettings settings = new DeviceSettings(new Device.Auto(), Map.of(), 4_000, Map.of("small", 500L, "free", 0L));

    assertThat(options(settings, "small")).containsEntry("gpu_mem_limit", "500000000");
    assertThat(options(settings, "other")).containsEntry("gpu_mem_limit", "4000000000");
    assertThat(options(settings, "free")).doesNotContainKey("gpu_mem_limit");
  }

  @Test
  void answersDoNotDependOnTf32UnlessSomebodyAsksForIt() {
    assertThat(options(new DeviceSettings(new Device.Auto(), Map.of(), 0, Map.of()), "any")).containsEntry("use_tf32", "0");
    assertThat(options(new DeviceSettings(new Device.Auto(), Map.of("use_tf32", "1"), 0, Map.of()), "any"))
        .containsEntry("use_tf32", "1");
  }

  @Test
  void refusesAnOptionThatDoesNotExistByItsName() {
    assertThatThrownBy(() -> new DeviceSettings(new Device.Auto(), Map.of("use_tf23", "1"), 0, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no option use_tf23 that may be set here; allowed are arena_extend_strategy, ");
    assertThatThrownBy(() -> new DeviceSettings(new Device.Auto(), Map.of("gpu_mem_limit", "1"), 0, Map.of()))
        .hasMessageContaining("gpu_mem_limit");
  }

  @Test
  void readsWhatADeviceIsCalled() {
    assertThat(Device.parse("auto")).isEqualTo(new Device.Auto());
    assertThat(Device.parse("cpu")).isEqualTo(new Device.Cpu());
    assertThat(Device.parse("cuda:3")).isEqualTo(new Device.Cuda(3));
    for (String none : new String[] {"gpu", "cuda", "cuda:", "cuda:-1", "CPU"})
      assertThatThrownBy(() -> Device.parse(none)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sessionsOutsideOfAPlacementRunOnTheProcessor() {
    Placement gpu = new Placement.OnCuda(0, Map.of());

    assertThat(Placement.current()).isEqualTo(new Placement.OnCpu());
    assertThat(gpu.during(Placement::current)).isEqualTo(gpu);
    assertThat(Placement.current()).isEqualTo(new Placement.OnCpu());
  }

  private static Map<String, String> options(DeviceSettings settings, String model) {
    return ((Placement.OnCuda) settings.onCuda(0, model)).options();
  }
}
