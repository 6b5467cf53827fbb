using System.Buffers;
using System.Text.Json;
using KekeStar.Antifraud.Scoring.Loading;

namespace KekeStar.Antifraud.Scoring.Model;

/// <summary>Writes model files as <see cref="ModelLoader"/> reads them: the same model gives the same bytes, and so the same hash.</summary>
internal static class ModelWriter
{
    /// <summary>Writes a model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="risks">By <see cref="Risk"/>.</param>
    /// <param name="facts">Facts about the training.</param>
    /// <returns>The file, UTF-8.</returns>
    public static byte[] Write(
        string name, IReadOnlyList<ModelInput> inputs, IReadOnlyList<RiskModel> risks, IReadOnlyDictionary<string, string> facts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", ModelLimits.Format);
            writer.WriteString("name", name);
            writer.WriteStartArray("inputs");
            foreach (var input in inputs)
            {
                WriteInput(writer, input);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("risks");
            foreach (var (word, risk) in PolicyWords.Risks)
            {
                writer.WriteStartObject(word);
                WriteRisk(writer, risks[(int)risk]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteStartObject("training");
            foreach (var (fact, text) in facts.OrderBy(static fact => fact.Key, StringComparer.Ordinal))
            {
                writer.WriteString(fact, text);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInput(Utf8JsonWriter writer, ModelInput input)
    {
        writer.WriteStartObject();
        writer.WriteString("name", ModelInputs.NameOf(input.Number));
        if (input.Edges.Length > 0)
        {
            WriteNumbers(writer, "edges", input.Edges, static (writer, edge) => writer.WriteNumberValue(edge));
            WriteNumbers(writer, "shares", input.Shares, static (writer, share) => writer.WriteNumberValue(share));
        }

        writer.WriteEndObject();
    }

    private static void WriteRisk(Utf8JsonWriter writer, RiskModel risk)
    {
        writer.WriteNumber("base_rate", risk.BaseRate);
        writer.WriteStartObject("calibration");
        WriteNumbers(writer, "scores", risk.Calibration.Scores.ToArray(), static (writer, score) => writer.WriteNumberValue(score));
        WriteNumbers(writer, "probabilities", risk.Calibration.Probabilities.ToArray(), static (writer, share) => writer.WriteNumberValue(share));
        writer.WriteEndObject();
        writer.WriteStartArray("trees");
        foreach (var tree in risk.Trees)
        {
            writer.WriteStartObject();
            WriteNumbers(writer, "input", tree.Inputs, static (writer, input) => writer.WriteNumberValue(input));
            WriteNumbers(writer, "threshold", tree.Thresholds, static (writer, threshold) => writer.WriteNumberValue(threshold));
            WriteNumbers(writer, "left", tree.Left, static (writer, child) => writer.WriteNumberValue(child));
            WriteNumbers(writer, "right", tree.Right, static (writer, child) => writer.WriteNumberValue(child));
            WriteNumbers(writer, "value", tree.Values, static (writer, value) => writer.WriteNumberValue(value));
            WriteNumbers(writer, "count", tree.Counts, static (writer, count) => writer.WriteNumberValue(count));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNumbers<T>(Utf8JsonWriter writer, string name, T[] numbers, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            write(writer, number);
        }

        writer.WriteEndArray();
    }
}
