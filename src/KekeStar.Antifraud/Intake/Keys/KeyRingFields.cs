using System.Security.Cryptography;
using System.Text.Json;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>Collects the fields of one epoch as they are read.</summary>
/// <param name="where">Name of the epoch for messages; null: the document is the epoch.</param>
internal sealed class KeyRingFields(string? where)
{
    private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(KeyEpoch.MasterKeyLength, pinned: true);
    private byte? _number;
    private bool _hasKey;
    private KeyAlgorithm? _algorithm;
    private DateTimeOffset? _begins;

    private string Prefix => where is null ? "" : where + ".";

    /// <summary>Reads a field; begins at its name and ends at its value.</summary>
    /// <exception cref="InvalidDataException">The field is wrong; the message says what is allowed.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("epoch"u8) && _number is null)
        {
            reader.Read();
            _number = reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var number) && number > 0
                ? number
                : throw Wrong("epoch", $"is no whole number; allowed are 1 to {byte.MaxValue}");
        }
        else if (reader.ValueTextEquals("key"u8) && !_hasKey)
        {
            reader.Read();
            ReadKey(ref reader);
            _hasKey = true;
        }
        else if (reader.ValueTextEquals("algorithm"u8) && _algorithm is null)
        {
            reader.Read();
            _algorithm = (reader.TokenType == JsonTokenType.String ? KeyAlgorithmName.Find(reader.GetString()!) : null)
                ?? throw Wrong("algorithm", $"is unknown; allowed are {KeyAlgorithmName.Sha256} and {KeyAlgorithmName.Sm3}");
        }
        else if (reader.ValueTextEquals("begins"u8) && _begins is null)
        {
            reader.Read();
            _begins = reader.TokenType == JsonTokenType.String && KeyTime.TryParse(reader.GetString()!, out var begins)
                ? begins
                : throw Wrong("begins", $"is no time of the form {KeyTime.Example}");
        }
        else
        {
            throw new InvalidDataException(
                $"{where ?? "it"} has a field twice, or one that is none of \"epoch\", \"key\", \"algorithm\" and \"begins\"; expected is {KeyRingText.Form}.");
        }
    }

    /// <summary>Makes the entry.</summary>
    /// <exception cref="InvalidDataException">A field is missing.</exception>
    public KeyRingEntry Finish()
    {
        if (_number is not { } number || !_hasKey)
        {
            throw new InvalidDataException($"{where ?? "it"} has no \"{(_hasKey ? "epoch" : "key")}\"; expected is {KeyRingText.Form}.");
        }

        var entry = new KeyRingEntry(number, _key, _algorithm ?? KeyAlgorithm.HmacSha256, _begins);
        CryptographicOperations.ZeroMemory(_key);
        return entry;
    }

    private void ReadKey(ref Utf8JsonReader reader)
    {
        Span<byte> text = stackalloc byte[64];
        if (reader.TokenType != JsonTokenType.String
            || reader.ValueSpan.Length > text.Length
            || !KeyRingText.TryDecode(text[..reader.CopyString(text)], _key))
        {
            throw Wrong("key", $"is not base64 of exactly {KeyEpoch.MasterKeyLength} bytes");
        }

        CryptographicOperations.ZeroMemory(text);
    }

    private InvalidDataException Wrong(string field, string fault) => new($"{Prefix}{field} {fault}.");
}
