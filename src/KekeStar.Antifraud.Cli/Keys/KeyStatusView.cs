using System.Text;
using System.Text.Json;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using Spectre.Console;

namespace KekeStar.Antifraud.Cli.Keys;

/// <summary><c>antifraud keys status</c>: what every instance makes of a key file now.</summary>
internal static class KeyStatusView
{
    /// <summary>The state of each epoch.</summary>
    public static KeyEpochState[] States(KeyRingEntry[] entries, DateTimeOffset now)
    {
        var schedule = new KeySchedule(entries.Select(static entry => entry.Begins));
        return [.. entries.Select((entry, index) => KeyEpochState.Of(schedule, index, entry.Number, entry.Algorithm, now))];
    }

    /// <summary>Shows a file's epochs.</summary>
    public static void Show(Terminal terminal, string file, KeyRingEntry[] entries, DateTimeOffset now, bool asJson)
    {
        var states = States(entries, now);
        var steps = KeyNextSteps.Of(file, entries, states, now);
        if (asJson)
        {
            terminal.Output.WriteLine(Json(states, steps));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("epoch", "algorithm", "role", "since", "until");
        foreach (var state in states)
        {
            table.AddRow(
                new Text($"{state.Number}"),
                new Text(KeyAlgorithmName.Of(state.Algorithm)),
                new Text(Role(state)),
                new Text(Time(state.Since)),
                new Text(Time(state.Until)));
        }

        terminal.Screen.Write(table);
        foreach (var step in steps)
        {
            terminal.Output.WriteLine(step);
        }
    }

    private static string Role(KeyEpochState state) => state.Role.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset? time) => time is { } given ? KeyTime.Format(given) : "";

    private static string Json(KeyEpochState[] states, IReadOnlyList<string> steps)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("epochs");
            foreach (var state in states)
            {
                writer.WriteStartObject();
                writer.WriteNumber("epoch", state.Number);
                writer.WriteString("algorithm", KeyAlgorithmName.Of(state.Algorithm));
                writer.WriteString("role", Role(state));
                WriteTime(writer, "since", state.Since);
                WriteTime(writer, "until", state.Until);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("next_steps");
            foreach (var step in steps)
            {
                writer.WriteStringValue(step);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            writer.WriteString(name, KeyTime.Format(given));
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
