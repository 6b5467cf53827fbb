using System.Text.Json;
using KekeStar.Antifraud.Cli.Reading;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Cli.Replaying;

/// <summary>
/// The grammar of a line. Either a bare ScoreRequest, or an envelope with exactly one of "score" (ScoreRequest) and
/// "report" (ReportRequest), and optionally "group" (text for the summary) and "offset_ms" (milliseconds since the
/// file's beginning, in place of event_time and outcome_time).
/// </summary>
internal static class ReplayLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="json">The line without its end, UTF-8.</param>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="entry">The entry, if there is no fault.</param>
    /// <returns>The fault, or null.</returns>
    public static InputFault? Read(ReadOnlySpan<byte> json, int line, out ReplayEntry entry)
    {
        var read = new ReplayEntry { Line = line };
        entry = read;
        return JsonInput.Read(json, line, (ref Utf8JsonReader reader) =>
        {
            if (reader.TokenType == JsonTokenType.StartObject && IsEnvelope(reader))
            {
                ReadEnvelope(ref reader, read);
                return;
            }

            read.Score = new ScoreRequest();
            JsonMessage.Read(ref reader, read.Score, path: "");
        });
    }

    // The reader is a struct: looking ahead moves the copy only.
    private static bool IsEnvelope(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("score"u8) || reader.ValueTextEquals("report"u8)
                || reader.ValueTextEquals("group"u8) || reader.ValueTextEquals("offset_ms"u8))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static void ReadEnvelope(ref Utf8JsonReader reader, ReplayEntry entry)
    {
        var start = reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("score"u8))
            {
                reader.Read();
                JsonMessage.Read(ref reader, entry.Score = new ScoreRequest(), "score");
            }
            else if (reader.ValueTextEquals("report"u8))
            {
                reader.Read();
                JsonMessage.Read(ref reader, entry.Report = new ReportRequest(), "report");
            }
            else if (reader.ValueTextEquals("group"u8))
            {
                reader.Read();
                entry.Group = ReadGroup(ref reader);
            }
            else if (reader.ValueTextEquals("offset_ms"u8))
            {
                reader.Read();
                entry.OffsetMilliseconds = ReadOffset(ref reader);
            }
            else
            {
                throw new InputFaultException(
                    reader.TokenStartIndex, "", "A line has no field of this name. It has: group, offset_ms, and score or report.");
            }
        }

        if (entry.Score is null == entry.Report is null)
        {
            throw new InputFaultException(start, "", "A line holds exactly one of score and report.");
        }

        if (entry.OffsetMilliseconds is not null && (entry.Score?.EventTime ?? entry.Report?.OutcomeTime) is not null)
        {
            throw new InputFaultException(start, "offset_ms", "A line has either offset_ms or a time of its own, not both.");
        }
    }

    private static string ReadGroup(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= 64 } group
            ? group
            : throw new InputFaultException(reader.TokenStartIndex, "group", "A JSON string of 1 to 64 characters is expected.");

    private static long ReadOffset(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var offset) && offset >= 0
            ? offset
            : throw new InputFaultException(reader.TokenStartIndex, "offset_ms", "A whole number of milliseconds from 0 is expected.");
}
