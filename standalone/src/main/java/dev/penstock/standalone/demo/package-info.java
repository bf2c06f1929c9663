/// `penstock demo`: everything at work within a minute, and the proof that nothing was lost. [DemoCommand] is the course
/// of it; [DemoModels] fetches what is missing, [DemoCampaign] sends and waits, [DemoResults] reads what came out,
/// [ResultTable] prints it.
@org.jspecify.annotations.NullMarked
package dev.penstock.standalone.demo;
