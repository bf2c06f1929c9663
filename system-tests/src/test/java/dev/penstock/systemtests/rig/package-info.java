/// Real processes under test: [TestBed] gives a test its folder, its [Cluster] and its instances, and ends
/// them all; [Workload] is what they work on.
@org.jspecify.annotations.NullMarked
package dev.penstock.systemtests.rig;
