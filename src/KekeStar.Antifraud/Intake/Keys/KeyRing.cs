using System.Security.Cryptography;
using System.Text.Json;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>The key epoch in force. Loaded once at start; every failure names the setting and what to do.</summary>
internal sealed class KeyRing
{
    private const UnixFileMode OthersCanTouch =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly KeySet _set;

    /// <summary>Makes a ring of one set.</summary>
    public KeyRing(KeySet set) => _set = set;

    /// <summary>The epochs in use at a time. Cheap: one comparison unless a role has just changed.</summary>
    /// <param name="nowMilliseconds">The service's clock, Unix milliseconds.</param>
    public KeySet At(long nowMilliseconds) => _set;

    /// <summary>Loads the ring that the options describe.</summary>
    /// <exception cref="InvalidOperationException">No usable key; the message says which setting to change.</exception>
    public static KeyRing Load(KeyRingOptions options)
    {
        if (options.MasterKey is { Length: > 0 } text)
        {
            return new KeyRing(new KeySet(new KeyEpoch(Epoch(options.Epoch, "Antifraud:Keys:Epoch"), Decode(text, "Antifraud:Keys:MasterKey"))));
        }

        if (options.File is not { Length: > 0 } file)
        {
            throw new InvalidOperationException(
                "No master key: set Antifraud:Keys:File to a key file (mode 0600), or Antifraud:Keys:MasterKey to base64 of 32 random bytes.");
        }

        if (!File.Exists(file))
        {
            if (!options.CreateIfMissing)
            {
                throw new InvalidOperationException(
                    $"The key file '{file}' (Antifraud:Keys:File) does not exist. Make one with 'antifraud keys create {file}'.");
            }

            Create(file);
        }

        return new KeyRing(new KeySet(Read(file)));
    }

    /// <summary>Makes a new random key file that its owner alone can read. Fails if the file exists.</summary>
    public static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        Span<byte> key = stackalloc byte[KeyEpoch.MasterKeyLength];
        RandomNumberGenerator.Fill(key);
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, creation);
        JsonSerializer.Serialize(stream, new KeyFile(1, Convert.ToBase64String(key)), JsonSerializerOptions.Web);
        CryptographicOperations.ZeroMemory(key);
    }

    private static KeyEpoch Read(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OthersCanTouch) != 0)
        {
            throw new InvalidOperationException(
                $"The key file '{file}' can be reached by group or others. Take that away: chmod 600 '{file}'.");
        }

        KeyFile? content;
        try
        {
            content = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(file), JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException(
                $"The key file '{file}' is not JSON of the form {{\"epoch\": 1, \"key\": \"…\"}} (line {exception.LineNumber}).",
                exception);
        }

        return content?.Key is null
            ? throw new InvalidOperationException($"The key file '{file}' has no \"key\".")
            : new KeyEpoch(Epoch(content.Epoch, $"\"epoch\" in '{file}'"), Decode(content.Key, $"\"key\" in '{file}'"));
    }

    private static byte Epoch(int number, string where) =>
        number is >= 1 and <= byte.MaxValue
            ? (byte)number
            : throw new InvalidOperationException($"{where} is {number}; allowed are 1 to {byte.MaxValue}.");

    private static byte[] Decode(string text, string where)
    {
        var key = new byte[KeyEpoch.MasterKeyLength];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length
            ? key
            : throw new InvalidOperationException($"{where} is not base64 of exactly {KeyEpoch.MasterKeyLength} bytes.");
    }

    private sealed record KeyFile(int Epoch, string? Key);
}
