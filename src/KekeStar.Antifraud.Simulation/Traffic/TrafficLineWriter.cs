using System.Text;
using System.Text.Json;
using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>
/// Writes traffic as JSON lines for <c>antifraud replay</c> against a running service. What depends on an answer is not in it: no
/// device tokens, and of the outcomes only those that are reported in any case or unless the event is rejected.
/// </summary>
/// <param name="stream">Where to; closed with the writer.</param>
/// <param name="startMilliseconds">What the offsets count from, Unix milliseconds.</param>
internal sealed class TrafficLineWriter(Stream stream, long startMilliseconds) : ITrafficWriter
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TrafficRow row)
    {
        if (row.Condition == OutcomeCondition.Challenged)
        {
            return;
        }

        string message;
        if (row.IsReport)
        {
            var report = ReportRequest.Parser.ParseFrom(row.Message.Span);
            report.OutcomeTime = null;
            message = Formatter.Format(report);
        }
        else
        {
            var request = ScoreRequest.Parser.ParseFrom(row.Message.Span);
            request.EventTime = null;
            message = Formatter.Format(request);
        }

        await _writer.WriteLineAsync(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{{\"group\":{JsonSerializer.Serialize(row.Actor)},\"offset_ms\":{row.TimeMilliseconds - startMilliseconds},\"{(row.IsReport ? "report" : "score")}\":{message}}}"));
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync() => await _writer.FlushAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
