using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Learning.Data;

/// <summary>One decided event and what is true of it. The features stay in the form of the archive, a tenth of the vector's size.</summary>
internal sealed record LabelledEvent
{
    /// <summary>First 64 bits of the pseudonym of the event's id.</summary>
    public required long Decision { get; init; }

    /// <summary>Time of the event, Unix milliseconds.</summary>
    public required long TimeMilliseconds { get; init; }

    /// <summary>Its scene.</summary>
    public required Scene Scene { get; init; }

    /// <summary>The risk that it is; null: honest.</summary>
    public required Risk? Risk { get; init; }

    /// <summary>Who did it: the adversary, or the segment of honest people.</summary>
    public required string Actor { get; init; }

    /// <summary>True for an adversary that no training may see.</summary>
    public required bool IsUnseen { get; init; }

    /// <summary>Its features in the order of this build's catalogue: <see cref="FeatureBlob"/>.</summary>
    public required byte[] Features { get; init; }

    /// <summary>True if it is an attack of whatever risk.</summary>
    public bool IsAbusive => Risk is not null;

    /// <summary>Reads its features.</summary>
    /// <exception cref="InvalidDataException">They are no blob of this build.</exception>
    public void Read(FeatureVector features)
    {
        if (!FeatureBlob.TryRead(Features, features))
        {
            throw new InvalidDataException("An event's features are damaged.");
        }
    }
}
