using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Samples;

/// <summary>Collects the lines of the sample; a storyteller adds events and outcomes at times of its own.</summary>
internal sealed class SampleScript
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private readonly List<(long Offset, string Text)> _lines = [];
    private int _events;

    /// <summary>Adds an event of a user who granted everything, or nothing.</summary>
    /// <param name="group">Group of the summary.</param>
    /// <param name="offset">Milliseconds since the sample's beginning.</param>
    /// <param name="scene">What the user does.</param>
    /// <param name="account">The account.</param>
    /// <param name="ip">The client's address.</param>
    /// <param name="device">The device.</param>
    /// <param name="isGranted">True: all categories are granted; false: none.</param>
    /// <returns>The event's id.</returns>
    public string Score(
        string group, long offset, Scene scene, string account, string ip, DeviceSignals device, bool isGranted = true)
    {
        var request = new ScoreRequest
        {
            EventId = $"sample-{++_events:0000}",
            Scene = scene,
            AccountId = account,
            ClientIp = ip,
            Device = device,
        };
        if (isGranted)
        {
            request.Consent = new Consent();
            request.Consent.Granted.Add(
                Enum.GetValues<ConsentCategory>().Where(c => c is not ConsentCategory.Unspecified and not ConsentCategory.Essential));
        }

        Add(group, offset, "score", request);
        return request.EventId;
    }

    /// <summary>Adds the outcome of an event.</summary>
    public void Report(string group, long offset, string eventId, string account, Outcome outcome) =>
        Add(group, offset, "report", new ReportRequest { EventId = eventId, AccountId = account, Outcome = outcome });

    /// <summary>The lines in the order of their times.</summary>
    public IEnumerable<string> Lines() => _lines.OrderBy(line => line.Offset).Select(line => line.Text);

    private void Add(string group, long offset, string part, IMessage message) =>
        _lines.Add((offset, $$"""{"group": "{{group}}", "offset_ms": {{offset}}, "{{part}}": {{Json.Format(message)}}}"""));
}
