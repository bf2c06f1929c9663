package dev.penstock.producer.campaign;

/// How far a campaign is.
///
/// @param sent prompts that were handed over
/// @param answered prompts that ended, those that failed among them
/// @param failed prompts that ended without content
public record CampaignProgress(long sent, long answered, long failed) {}
