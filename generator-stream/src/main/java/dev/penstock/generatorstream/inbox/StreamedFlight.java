package dev.penstock.generatorstream.inbox;

import dev.penstock.generators.GenerationException;
import dev.penstock.generators.GenerationRequest;
import dev.penstock.generators.PartialResult;
import dev.penstock.generators.engine.StreamedCompletion;
import dev.penstock.generatorstream.route.StreamedText;
import java.util.UUID;

/// A submitted variant whose text is told on the way.
///
/// @param flight is told the end
record StreamedFlight(TaskDesk.Flight flight, StreamedText text, GenerationRequest request)
    implements StreamedCompletion<byte[]> {

  @Override
  public void progressed(UUID executionId, PartialResult part) {
    text.add(request, executionId, part);
  }

  @Override
  public void completed(byte[] content) {
    flight.completed(content);
  }

  @Override
  public void failed(GenerationException cause) {
    text.abandon();
    flight.failed(cause);
  }
}
