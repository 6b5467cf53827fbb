using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>One thing that happens: an event is scored, or an earlier one reported.</summary>
/// <param name="At">The service's clock.</param>
/// <param name="EventTime">The event's own time; null: it carries none but the clock's.</param>
/// <param name="Request">The event.</param>
/// <param name="Client">Which app installation sends it: keeps device tokens. −1: one that keeps none.</param>
/// <param name="Outcome">Reported for the event; Unspecified: the event is scored.</param>
internal sealed record RotationStep(DateTimeOffset At, DateTimeOffset? EventTime, ScoreRequest Request, int Client, Outcome Outcome);
