/// Files of prompts. [CampaignFile] reads one row by row, each good or with what is wrong in it; [TextTemplate] makes
/// the prompt's text from columns.
@org.jspecify.annotations.NullMarked
package dev.penstock.producer.campaign;
