using System.Text;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// The key epochs that the service holds, and which of them an event is read under. Roles change by the clock alone
/// (<see cref="KeySchedule"/>). Loaded at start; every failure names the setting and what to do.
/// </summary>
internal sealed class KeyRing
{
    private readonly Lock _replacing = new();
    private volatile KeyRingPlan _plan;
    private IReadOnlyList<DateTimeOffset?> _begins = [];

    /// <summary>Makes a ring of one set, for all time.</summary>
    public KeyRing(KeySet set) => _plan = new KeyRingPlan(set);

    /// <summary>Makes a ring that changes roles by the clock.</summary>
    /// <param name="epochs">
    /// The epochs and when each begins, in order and at least <see cref="KeySchedule.RotationDuration"/> apart; of the
    /// first null if no epoch was before it.
    /// </param>
    public KeyRing(IEnumerable<(KeyEpoch Epoch, DateTimeOffset? Begins)> epochs)
    {
        (KeyEpoch Epoch, DateTimeOffset? Begins)[] all = [.. epochs];
        _begins = [.. all.Select(static epoch => epoch.Begins)];
        _plan = new KeyRingPlan([.. all.Select(static epoch => epoch.Epoch)], new KeySchedule(_begins));
    }

    /// <summary>All epochs held, in the order in which they begin, those expired or pending among them.</summary>
    public IReadOnlyList<KeyEpoch> Epochs => _plan.Epochs;

    /// <summary>Loads the ring that the options describe.</summary>
    /// <param name="options">The options.</param>
    /// <param name="now">The service's clock.</param>
    /// <exception cref="InvalidOperationException">No usable key; the message says which setting to change.</exception>
    public static KeyRing Load(KeyRingOptions options, DateTimeOffset now)
    {
        if (options.MasterKey is { Length: > 0 } text)
        {
            return new KeyRing(new KeySet(OfMasterKey(options.Epoch, text)));
        }

        if (options.Ring is { Length: > 0 } ring)
        {
            return Load("Antifraud:Keys:Ring", () => KeyRingText.Parse(Encoding.UTF8.GetBytes(ring)), now);
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

            KeyRingFile.Create(file);
        }

        return Load($"The key file '{file}' (Antifraud:Keys:File)", () => KeyRingFile.Read(file), now);
    }

    /// <summary>The epochs in use at a time. Cheap: compares with the time of the next change, unless there was one.</summary>
    /// <param name="nowMilliseconds">The service's clock, Unix milliseconds.</param>
    public KeySet At(long nowMilliseconds) => _plan.At(nowMilliseconds);

    /// <summary>The role of every epoch held at a time.</summary>
    public IReadOnlyList<KeyEpochState> Status(DateTimeOffset now) => _plan.StatesAt(now);

    /// <summary>Takes over a changed ring as a whole, or refuses it as a whole.</summary>
    /// <param name="entries">The epochs from now on.</param>
    /// <param name="now">The service's clock.</param>
    /// <returns>The epochs that are not held any more, to be destroyed when no event uses them; null: nothing changed.</returns>
    /// <exception cref="InvalidDataException">The ring cannot follow the one in force; the message says why and what to do.</exception>
    public IReadOnlyList<KeyEpoch>? Replace(IReadOnlyList<KeyRingEntry> entries, DateTimeOffset now)
    {
        lock (_replacing)
        {
            var before = _plan;
            var epochs = entries.Select(Derive).ToList();
            for (var i = 0; i < epochs.Count; i++)
            {
                if (before.Epochs.FirstOrDefault(held => held.MakesTheSameAs(epochs[i]) && held.Number == epochs[i].Number) is { } held)
                {
                    // The same object, so that the sets made before and the threads' hashes stay good.
                    epochs[i].Dispose();
                    epochs[i] = held;
                }
            }

            DateTimeOffset?[] begins = [.. entries.Select(static entry => entry.Begins)];
            if (epochs.SequenceEqual(before.Epochs) && begins.SequenceEqual(_begins))
            {
                return null;
            }

            var after = new KeyRingPlan(epochs, new KeySchedule(begins));
            if (KeyRingSuccession.Fault(before, after, now) is { } fault)
            {
                epochs.Except(before.Epochs).ToList().ForEach(static epoch => epoch.Dispose());
                throw new InvalidDataException(fault);
            }

            _begins = begins;
            _plan = after;
            return [.. before.Epochs.Except(epochs)];
        }
    }

    private static KeyRing Load(string source, Func<KeyRingEntry[]> read, DateTimeOffset now)
    {
        KeyRingEntry[] entries;
        try
        {
            entries = read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{source}: {fault.Message}", fault);
        }

        var first = entries[0];
        if (new KeySchedule([first.Begins]).LacksCurrent(now))
        {
            throw new InvalidOperationException(
                $"{source}: the first epoch ({first.Number}) is not filled before {KeyTime.Format(first.Begins!.Value + KeySchedule.FillDuration)}, and the epoch that is counted in until then is missing. Bring that one back; or, if there is none, take \"begins\" out of the first epoch, whose windows are empty at the start.");
        }

        return new KeyRing(entries.Select(static entry => (Derive(entry), entry.Begins)));
    }

    private static KeyEpoch Derive(KeyRingEntry entry)
    {
        var epoch = new KeyEpoch(entry.Number, entry.MasterKey, entry.Algorithm);
        entry.Dispose();
        return epoch;
    }

    private static KeyEpoch OfMasterKey(int number, string text)
    {
        if (number is < 1 or > byte.MaxValue)
        {
            throw new InvalidOperationException($"Antifraud:Keys:Epoch is {number}; allowed are 1 to {byte.MaxValue}.");
        }

        Span<byte> key = stackalloc byte[KeyEpoch.MasterKeyLength];
        return KeyRingText.TryDecode(Encoding.UTF8.GetBytes(text.Trim()), key)
            ? new KeyEpoch((byte)number, key)
            : throw new InvalidOperationException($"Antifraud:Keys:MasterKey is not base64 of exactly {KeyEpoch.MasterKeyLength} bytes.");
    }
}
