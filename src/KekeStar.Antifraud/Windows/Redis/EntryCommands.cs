namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>Which commands an entry of an <see cref="Observation"/> takes, and what they look like on the wire.</summary>
internal static class EntryCommands
{
    // The four commands' names and array headers, the key four times, two numbers for times and two for the range, each
    // with its frame; and the value's frame.
    private const int MaxFixedLength = 512;

    /// <summary>Most bytes that the entry's commands take.</summary>
    public static int MaxLength(Observation observation, int index) => MaxFixedLength + observation.Value(index).Length;

    /// <summary>The commands that the entry takes.</summary>
    /// <param name="observation">The round trip.</param>
    /// <param name="index">The entry.</param>
    /// <param name="expiring">Which keys are known to have an expiry.</param>
    /// <param name="isReplica">True: nothing is written, and every log is read, so that what was known before is.</param>
    public static EntrySteps Of(Observation observation, int index, ExpiringKeys expiring, bool isReplica)
    {
        if (isReplica || observation.Value(index).IsEmpty)
        {
            return EntrySteps.Read;
        }

        var made = expiring.Contains(observation.Key(index).Span, observation.TimeToLiveSeconds(index));
        return EntrySteps.Append | EntrySteps.Renew
            | (made ? EntrySteps.None : EntrySteps.Make)
            | (ReadsNothing(observation, index) ? EntrySteps.None : EntrySteps.Read);
    }

    /// <summary>Writes an entry's commands.</summary>
    public static void Write(ref RespWriter writer, Observation observation, int index, EntrySteps steps)
    {
        var key = observation.Key(index).Span;
        if ((steps & EntrySteps.Make) != 0)
        {
            writer.Raw("*6\r\n$3\r\nSET\r\n"u8);
            writer.Bulk(key);
            writer.Raw("$0\r\n\r\n$2\r\nEX\r\n"u8);
            writer.Bulk(observation.TimeToLiveSeconds(index));
            writer.Raw("$2\r\nNX\r\n"u8);
        }

        if ((steps & EntrySteps.Append) != 0)
        {
            writer.Raw("*3\r\n$6\r\nAPPEND\r\n"u8);
            writer.Bulk(key);
            writer.Bulk(observation.Value(index).Span);
        }

        if ((steps & EntrySteps.Renew) != 0)
        {
            writer.Raw("*3\r\n$6\r\nEXPIRE\r\n"u8);
            writer.Bulk(key);
            writer.Bulk(observation.TimeToLiveSeconds(index));
        }

        if ((steps & EntrySteps.Read) != 0)
        {
            writer.Raw("*4\r\n$8\r\nGETRANGE\r\n"u8);
            writer.Bulk(key);
            writer.Bulk(observation.RangeStart(index));
            writer.Bulk(observation.RangeEnd(index));
        }
    }

    // A range counted from the log's beginning whose end comes before its start holds nothing, whatever the log.
    private static bool ReadsNothing(Observation observation, int index) =>
        observation.RangeEnd(index) >= 0 && observation.RangeStart(index) > observation.RangeEnd(index);
}
