/// The threads around the lanes: [PlanThreads] run every [PlanTask], [Progress] among them, which carries partial
/// results to who listens.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.engine.plan;
