using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Telemetry.Records;

/// <summary>
/// Reads the features of recorded decisions into a vector that a policy evaluates, whichever build wrote them: names are stable, their
/// order is not. Not thread safe.
/// </summary>
internal sealed class RecordedFeatures
{
    private readonly int[] _indices;
    private readonly double[] _values;
    private readonly bool[] _lowerBounds;

    /// <summary>Reads blobs with these features.</summary>
    /// <param name="names">The features in the order of the blobs, from the metadata of their file.</param>
    public RecordedFeatures(IReadOnlyList<string> names)
    {
        _indices = [.. names.Select(static name => FeatureCatalogue.Find(name)?.Index ?? -1)];
        _values = new double[names.Count];
        _lowerBounds = new bool[names.Count];
    }

    /// <summary>How many known features of the last blob this build does not know.</summary>
    public int Gone { get; private set; }

    /// <summary>Reads a blob; features that this build does not know are left out, those that the other did not know stay unknown.</summary>
    /// <param name="blob">The blob, see <see cref="FeatureBlob"/>.</param>
    /// <param name="features">Receives the features.</param>
    /// <returns>False if there is none, because it was erased, or if it is no such blob.</returns>
    public bool TryRead(ReadOnlySpan<byte> blob, FeatureVector features)
    {
        features.Clear();
        Gone = 0;
        if (blob.IsEmpty || !FeatureBlob.TryRead(blob, _values.Length, _values, _lowerBounds))
        {
            return false;
        }

        for (var i = 0; i < _indices.Length; i++)
        {
            if (double.IsNaN(_values[i]))
            {
                continue;
            }

            if (_indices[i] >= 0)
            {
                features.Set(_indices[i], _values[i], _lowerBounds[i]);
            }
            else
            {
                Gone++;
            }
        }

        return true;
    }
}
