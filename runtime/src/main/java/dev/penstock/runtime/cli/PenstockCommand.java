package dev.penstock.runtime.cli;

import java.util.concurrent.Callable;

/// A command of the `penstock` program: a picocli `@Command` class with a public constructor without arguments,
/// named in its module's `META-INF/services/dev.penstock.runtime.cli.PenstockCommand`. A `UserError` thrown by
/// `call` is shown as one sentence and ends the program with 1.
public interface PenstockCommand extends Callable<Integer> {}
