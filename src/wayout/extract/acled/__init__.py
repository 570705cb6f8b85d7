"""The ACLED sub-event type of a short text or a claim, by weighted cues."""
