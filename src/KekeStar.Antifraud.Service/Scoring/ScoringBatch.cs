using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Service.Scoring;

/// <summary>The events of a batch.</summary>
internal sealed class ScoringBatch
{
    private ScoringBatch(List<ScoringCall> calls, string? error)
    {
        Calls = calls;
        Error = error;
    }

    /// <summary>The events in their order.</summary>
    public List<ScoringCall> Calls { get; }

    /// <summary>Why the batch as a whole cannot be scored, or null.</summary>
    public string? Error { get; }

    /// <summary>Parses a ScoreBatchRequest.</summary>
    public static ScoringBatch Parse(ReadOnlySpan<byte> message, ScoringPipeline pipeline)
    {
        var calls = new List<ScoringCall>();
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            if (field != ScoreBatchRequest.EventsFieldNumber)
            {
                reader.Skip();
                continue;
            }

            if (reader.WireType != WireType.LengthDelimited)
            {
                return new ScoringBatch(
                    calls, "events has an entry with a wire type other than the contract's. Encode it with code generated from the proto files.");
            }

            if (calls.Count == IntakeLimits.MaxBatchEvents)
            {
                return new ScoringBatch(
                    calls, $"events has more than {IntakeLimits.MaxBatchEvents} entries. Send several batches, or use ScoreStream.");
            }

            var call = ScoringCall.Rent();
            calls.Add(call);
            pipeline.Parse(reader.ReadBytes(), call);
        }

        return new ScoringBatch(calls, reader.IsMalformed ? RequestErrorText.Of(RequestError.NotProtobuf) : null);
    }

    /// <summary>Gives the events back to their pool.</summary>
    public void Return()
    {
        foreach (var call in Calls)
        {
            call.Return();
        }

        Calls.Clear();
    }
}
