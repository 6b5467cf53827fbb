using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Scoring.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>Events as ML.NET's data: the inputs are read as the hot path reads them (<see cref="ModelInputs.Read"/>).</summary>
internal static class InputTable
{
    /// <summary>Makes the data of some events. Each pass reads the features anew, so memory holds the archive's blobs alone.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="events">The events.</param>
    /// <param name="numbers">The inputs, see <see cref="ModelInputs"/>.</param>
    /// <param name="label">Whether an event is the risk.</param>
    public static IDataView Of(MLContext context, IReadOnlyList<LabelledEvent> events, IReadOnlyList<int> numbers, Func<LabelledEvent, bool> label) =>
        context.Data.LoadFromEnumerable(Rows(events, numbers, label), SchemaOf(numbers.Count));

    /// <summary>The columns of so many inputs.</summary>
    public static SchemaDefinition SchemaOf(int inputs)
    {
        var schema = SchemaDefinition.Create(typeof(InputRow));
        schema[nameof(InputRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, inputs);
        return schema;
    }

    // Enumerated anew by each pass; one row is reused within it, for ML.NET copies what it keeps.
    private static IEnumerable<InputRow> Rows(IReadOnlyList<LabelledEvent> events, IReadOnlyList<int> numbers, Func<LabelledEvent, bool> label)
    {
        var vector = new FeatureVector(FeatureCatalogue.Count);
        var row = new InputRow { Features = new float[numbers.Count] };
        foreach (var e in events)
        {
            e.Read(vector);
            for (var i = 0; i < numbers.Count; i++)
            {
                row.Features[i] = ModelInputs.Read(numbers[i], e.Scene, vector.Values);
            }

            row.Label = label(e);
            yield return row;
        }
    }
}
