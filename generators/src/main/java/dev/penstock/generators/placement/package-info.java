/// Which device a model runs on: [DeviceSettings] say what is wanted, [Placement] is what one model gets.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.placement;
