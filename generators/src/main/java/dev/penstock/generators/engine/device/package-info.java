/// What all lanes share of the machine: [DeviceArbiter] grants steps, [MemoryBudget] room for models.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine.device;
