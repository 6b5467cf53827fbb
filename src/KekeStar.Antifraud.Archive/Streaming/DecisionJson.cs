using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Streaming;

/// <summary>
/// A decision as one JSON object: the columns of the archive by their names (docs/archive.md), but for <c>entities</c> and <c>features</c>. Those are
/// kept as long as a right can empty them, and in a topic none can.
/// </summary>
/// <remarks>
/// Differences from the columns: times are text in UTC, <c>2026-11-27T08:00:00.123Z</c>; pseudonyms are 16 hexadecimal digits, since JSON's numbers
/// are doubles to most readers; <c>schema</c> is the version of the form. What is null in the archive is left out.
/// </remarks>
internal static class DecisionJson
{
    /// <summary>Version of the form; a change that is no addition changes it.</summary>
    public const int Version = 1;

    private const int HashDigits = 16;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // All names and words are the code's or the policy's own and ASCII.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Key of a record's message: the account, so that one account's decisions stay in order; without one the device; else null.</summary>
    public static byte[]? KeyOf(DecisionRecord record)
    {
        var who = record.Entity(EntitySlot.Account) is not 0 and var account ? account : record.Entity(EntitySlot.Device);
        return who == 0 ? null : Encoding.ASCII.GetBytes(Digits(who));
    }

    /// <summary>Writes a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="output">Takes the bytes, UTF-8.</param>
    public static void Write(DecisionRecord record, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Compact);
        json.WriteStartObject();
        json.WriteNumber("schema", Version);
        json.WriteString("time", Time(record.TimeMilliseconds));
        json.WriteString("event_time", Time(record.EventTimeMilliseconds));
        json.WriteString("decision", Digits(record.Decision));
        json.WriteString("scene", ContractWords.Scenes[(int)record.Scene]);
        json.WriteString("verdict", ContractWords.Verdicts[(int)record.Verdict]);
        WriteWord(json, "challenge", ContractWords.Challenges, (int)record.Challenge);
        json.WriteNumber("score", record.Score);
        json.WriteNumber("batch_registration", record.BatchRegistration);
        json.WriteNumber("bot", record.Bot);
        json.WriteNumber("account_theft", record.AccountTheft);
        json.WriteString("policy", record.Policy.Version);
        json.WriteString("policy_hash", record.Policy.Hash.AsSpan(0, HashDigits));
        json.WriteString("store", ContractWords.Stores[(int)record.Store]);
        WriteWord(json, "list", ContractWords.Lists, (int)record.List);
        json.WriteBoolean("step_up_exempt", record.IsStepUpExempt);
        json.WriteBoolean("at_least", record.AtLeast);
        json.WriteNumber("threshold_shift", record.ThresholdShift);
        json.WriteNumber("duration_us", record.DurationMicroseconds);
        json.WriteNumber("key_epoch", record.KeyEpoch);
        WriteLabels(json, record.Labels);
        WriteRules(json, record);
        WriteEntity(json, "account", record.Entity(EntitySlot.Account));
        WriteEntity(json, "other_account", record.OtherAccount);
        WriteEntity(json, "device", record.Entity(EntitySlot.Device));
        WriteEntity(json, "ip", record.Entity(EntitySlot.Ip));
        WriteEntity(json, "ip_prefix", record.Entity(EntitySlot.IpPrefix));
        WriteEntity(json, "bssid", record.Entity(EntitySlot.Bssid));
        WriteEntity(json, "cohort", record.Entity(EntitySlot.Cohort));
        json.WriteEndObject();
    }

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Digits(ulong pseudonym) => pseudonym.ToString("x16", CultureInfo.InvariantCulture);

    // The first member of the contract's enums says that there is none.
    private static void WriteWord(Utf8JsonWriter json, string name, string[] words, int number)
    {
        if (number != 0)
        {
            json.WriteString(name, words[number]);
        }
    }

    private static void WriteEntity(Utf8JsonWriter json, string name, ulong pseudonym)
    {
        if (pseudonym != 0)
        {
            json.WriteString(name, Digits(pseudonym));
        }
    }

    private static void WriteLabels(Utf8JsonWriter json, ulong labels)
    {
        json.WriteStartArray("labels");
        for (; labels != 0; labels &= labels - 1)
        {
            json.WriteStringValue(LabelCatalogue.All[System.Numerics.BitOperations.TrailingZeroCount(labels)].Name);
        }

        json.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter json, DecisionRecord record)
    {
        var rules = record.Policy.Rules;
        json.WriteStartArray("rules");
        foreach (var rule in record.Rules)
        {
            json.WriteStringValue(rules[rule].Id);
        }

        json.WriteEndArray();
        json.WriteStartArray("contributions");
        foreach (var contribution in record.Contributions)
        {
            // A relief that had nothing to lower contributes −0; adding 0 makes it 0.
            json.WriteNumberValue(contribution + 0.0);
        }

        json.WriteEndArray();
        json.WriteStartArray("shadow_rules");
        foreach (var rule in record.ShadowRules)
        {
            json.WriteStringValue(rules[rule].Id);
        }

        json.WriteEndArray();
    }
}
