/// The contract of the step engine: an [Engine] takes requests for models by digest, runs their plans, and tells a
/// [Completion] how they ended, or a [StreamedCompletion] what there is on the way. Models come loaded, or as
/// a [GeneratorSource].
///
/// The engine itself is `lane.StepEngine`. Below it are `schedule` (order and measure), `plan` (threads around the
/// lanes), `device` (what lanes share) and `crash` (who ran when the process crashed). Arrows: `lane` to all of them,
/// `plan` to this contract, none back.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine;
