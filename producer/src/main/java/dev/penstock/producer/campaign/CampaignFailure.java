package dev.penstock.producer.campaign;

import dev.penstock.schemas.PromptOutcome;

/// A prompt of a campaign that ended without all its content.
///
/// @param line of its row
public record CampaignFailure(long line, PromptOutcome outcome) {}
