using Google.Protobuf;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Consistency;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Consistency;

/// <summary>What the checks say about a request.</summary>
internal sealed class Checked
{
    private static readonly IntakeUnderTest Intake = new();

    private Checked(ScoreEvent scoreEvent)
    {
        Known = Of(scoreEvent.ChecksKnown);
        Violated = Of(scoreEvent.ChecksViolated);
    }

    internal IReadOnlyList<SignalCheck> Known { get; }

    internal IReadOnlyList<SignalCheck> Violated { get; }

    /// <summary>Says null where a check could not be made.</summary>
    internal bool? this[SignalCheck check] => Known.Contains(check) ? Violated.Contains(check) : null;

    internal static Checked Device(DeviceSignals device, string address = "") =>
        Request(NewRequest(device, address));

    internal static Checked Request(ScoreRequest request)
    {
        var scoreEvent = Intake.Parse(request.ToByteArray());
        Assert.Equal(RequestError.None, scoreEvent.Error);
        return new Checked(scoreEvent);
    }

    internal static ScoreRequest NewRequest(DeviceSignals device, string address = "") => new()
    {
        EventId = "e-1",
        Scene = Scene.Login,
        ClientIp = address,
        Device = device,
        Consent = new Consent { Granted = { FullRequest.AllCategories() } },
    };

    private static List<SignalCheck> Of(ulong bits) =>
        [.. Enum.GetValues<SignalCheck>().Where(check => (bits & CheckResults.Bit(check)) != 0)];
}
