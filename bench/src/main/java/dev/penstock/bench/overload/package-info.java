/// More requests with deadlines than a lane can serve. [OverloadBenchmark] leads.
@org.jspecify.annotations.NullMarked
package dev.penstock.bench.overload;
