using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>All that an event holds, to be compared.</summary>
internal static class EventFacts
{
    /// <summary>One line a fact; the dropped signals apart.</summary>
    internal static List<string> Of(ScoreEvent scoreEvent)
    {
        List<string> facts =
        [
            $"event_id {Convert.ToHexString(scoreEvent.EventId)}", $"event {scoreEvent.Event}",
            $"time {scoreEvent.TimeMilliseconds} late {scoreEvent.IsLate}", $"scene {scoreEvent.Scene}", $"platform {scoreEvent.Platform}",
            $"access {scoreEvent.AccessType}", $"captcha {scoreEvent.Captcha}", $"vendor {scoreEvent.VendorScore}",
            $"language {scoreEvent.ReasonLanguage}", $"consent {scoreEvent.Consent:x}", $"software {scoreEvent.HasSoftware}",
            $"tools {scoreEvent.RiskTools:x}", $"motion {scoreEvent.HasAccelerometer} {scoreEvent.Motion.Samples} "
                + $"{scoreEvent.Motion.MagnitudeVariance:R} {scoreEvent.Motion.Criteria} "
                + $"{scoreEvent.Motion.TremorShare:R} {scoreEvent.GyroscopeContradicts}",
            $"address {scoreEvent.Address}", $"checks {scoreEvent.ChecksKnown:x} {scoreEvent.ChecksViolated:x}",
        ];
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            facts.Add($"slot {slot} {EntitySlot.Kind(slot)} {scoreEvent.Entity(slot)} emulator {scoreEvent.IsEmulatorIdentifier(slot)}");
        }

        return facts;
    }

    internal static SortedSet<string> Notes(ScoreEvent scoreEvent)
    {
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < scoreEvent.DroppedCount; i++)
        {
            Assert.True(notes.Add(Note(SignalNames.Name(scoreEvent.Dropped(i).NameIndex), scoreEvent.Dropped(i).Cause)), "noted twice");
        }

        return notes;
    }

    internal static string Note(string name, DropCause cause) => $"{name} {cause}";
}
