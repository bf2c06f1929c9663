/// Our serde beside other registries, our registry beside other clients, and the way from ours to theirs.
@org.jspecify.annotations.NullMarked
package dev.penstock.systemtests.registry;
