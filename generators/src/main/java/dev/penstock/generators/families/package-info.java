/// Where a model folder becomes a generator: [GeneratorLoader] knows every family, and what a model of it needs before
/// it is loaded ([FolderSource]).
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.families;
