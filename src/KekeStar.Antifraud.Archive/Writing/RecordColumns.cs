using System.Buffers.Binary;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Telemetry.Records;

namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>Records of one hour as columns, until they are written. Allocates little: it keeps its memory from file to file.</summary>
internal sealed partial class RecordColumns
{
    /// <summary>Bytes of one entity in a blob: its slot and the first 64 bits of its pseudonym, big endian.</summary>
    public const int EntityBytes = 1 + sizeof(ulong);

    private const int HashDigits = 16;

    private static readonly ReadOnlyMemory<char>[] CountryNames =
        [.. Enumerable.Range(0, CountryDistances.Codes).Select(static code => new CountryCode((ushort)code).ToString().AsMemory())];

    private readonly ColumnBuffer<DateTime> _time = new();
    private readonly ColumnBuffer<DateTime> _eventTime = new();
    private readonly ColumnBuffer<long> _decision = new();
    private readonly ColumnBuffer<ReadOnlyMemory<char>> _scene = new();
    private readonly ColumnBuffer<ReadOnlyMemory<char>> _verdict = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _challenge = new();
    private readonly ColumnBuffer<int> _score = new();
    private readonly ColumnBuffer<int> _batchRegistration = new();
    private readonly ColumnBuffer<int> _bot = new();
    private readonly ColumnBuffer<int> _accountTheft = new();
    private readonly ColumnBuffer<ReadOnlyMemory<char>> _policy = new();
    private readonly ColumnBuffer<ReadOnlyMemory<char>> _policyHash = new();
    private readonly ColumnBuffer<ReadOnlyMemory<char>> _store = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _list = new();
    private readonly ColumnBuffer<bool> _stepUpExempt = new();
    private readonly ColumnBuffer<bool> _atLeast = new();
    private readonly ColumnBuffer<int> _duration = new();
    private readonly ColumnBuffer<int> _keyEpoch = new();
    private readonly ListColumn<ReadOnlyMemory<char>> _labels = new();
    private readonly ListColumn<ReadOnlyMemory<char>> _rules = new();
    private readonly ListColumn<double> _contributions = new();
    private readonly ListColumn<ReadOnlyMemory<char>> _shadowRules = new();
    private readonly NullableColumn<long> _account = new();
    private readonly NullableColumn<long> _otherAccount = new();
    private readonly NullableColumn<long> _device = new();
    private readonly NullableColumn<long> _ip = new();
    private readonly NullableColumn<long> _ipPrefix = new();
    private readonly NullableColumn<long> _bssid = new();
    private readonly NullableColumn<long> _cohort = new();
    private readonly NullableColumn<ReadOnlyMemory<byte>> _entities = new();
    private readonly NullableColumn<ReadOnlyMemory<byte>> _features = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _model = new();
    private readonly NullableColumn<double>[] _probabilities = [new(), new(), new()];
    private readonly NullableColumn<ReadOnlyMemory<char>> _shadowModel = new();
    private readonly NullableColumn<int> _shadowScore = new();
    private readonly ColumnBuffer<long> _sequence = new();
    private readonly ColumnBuffer<bool> _late = new();
    private readonly ColumnBuffer<bool> _deviceNamed = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _country = new();
    private readonly ColumnBuffer<bool> _atPlace = new();
    private readonly ColumnBuffer<int> _thresholdShift = new();
    private readonly BlobArena _blobs = new();

    /// <summary>Number of records.</summary>
    public int Count => _time.Count;

    /// <summary>Takes over a record; it may be given back then.</summary>
    public void Add(DecisionRecord record)
    {
        _time.Add(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds).UtcDateTime);
        _eventTime.Add(DateTimeOffset.FromUnixTimeMilliseconds(record.EventTimeMilliseconds).UtcDateTime);
        _decision.Add(unchecked((long)record.Decision));
        _scene.Add(ContractWords.Scenes[(int)record.Scene].AsMemory());
        _verdict.Add(ContractWords.Verdicts[(int)record.Verdict].AsMemory());
        AddWord(_challenge, ContractWords.Challenges, (int)record.Challenge);
        _score.Add(record.Score);
        _batchRegistration.Add(record.BatchRegistration);
        _bot.Add(record.Bot);
        _accountTheft.Add(record.AccountTheft);
        _policy.Add(record.Policy.Version.AsMemory());
        _policyHash.Add(record.Policy.Hash.AsMemory(0, HashDigits));
        _store.Add(ContractWords.Stores[(int)record.Store].AsMemory());
        AddWord(_list, ContractWords.Lists, (int)record.List);
        _stepUpExempt.Add(record.IsStepUpExempt);
        _atLeast.Add(record.AtLeast);
        _duration.Add(record.DurationMicroseconds);
        _keyEpoch.Add(record.KeyEpoch);
        AddLabels(record.Labels);
        AddRules(record);
        AddEntity(_account, record.Entity(EntitySlot.Account));
        AddEntity(_otherAccount, record.OtherAccount);
        AddEntity(_device, record.Entity(EntitySlot.Device));
        AddEntity(_ip, record.Entity(EntitySlot.Ip));
        AddEntity(_ipPrefix, record.Entity(EntitySlot.IpPrefix));
        AddEntity(_bssid, record.Entity(EntitySlot.Bssid));
        AddEntity(_cohort, record.Entity(EntitySlot.Cohort));
        AddEntities(record);
        _features.Add(_blobs.Copy(record.Features));
        AddModels(record);
        _sequence.Add(record.Sequence);
        _late.Add(record.IsLate);
        _deviceNamed.Add(record.IsDeviceNamed);
        AddCountry(record.Country);
        _atPlace.Add(record.IsPlace);
        _thresholdShift.Add(record.ThresholdShift);
    }

    /// <summary>Forgets all records.</summary>
    public void Clear()
    {
        _time.Clear();
        _eventTime.Clear();
        _decision.Clear();
        _scene.Clear();
        _verdict.Clear();
        _challenge.Clear();
        _score.Clear();
        _batchRegistration.Clear();
        _bot.Clear();
        _accountTheft.Clear();
        _policy.Clear();
        _policyHash.Clear();
        _store.Clear();
        _list.Clear();
        _stepUpExempt.Clear();
        _atLeast.Clear();
        _duration.Clear();
        _keyEpoch.Clear();
        _labels.Clear();
        _rules.Clear();
        _contributions.Clear();
        _shadowRules.Clear();
        _account.Clear();
        _otherAccount.Clear();
        _device.Clear();
        _ip.Clear();
        _ipPrefix.Clear();
        _bssid.Clear();
        _cohort.Clear();
        _entities.Clear();
        _features.Clear();
        _model.Clear();
        Array.ForEach(_probabilities, static column => column.Clear());
        _shadowModel.Clear();
        _shadowScore.Clear();
        _sequence.Clear();
        _late.Clear();
        _deviceNamed.Clear();
        _country.Clear();
        _atPlace.Clear();
        _thresholdShift.Clear();
        _blobs.Clear();
    }

    // The first member of the contract's enums says that there is none.
    private static void AddWord(NullableColumn<ReadOnlyMemory<char>> column, string[] words, int number)
    {
        if (number == 0)
        {
            column.AddNull();
        }
        else
        {
            column.Add(words[number].AsMemory());
        }
    }

    private static void AddHash(NullableColumn<ReadOnlyMemory<char>> column, PolicyModel? model)
    {
        if (model is null)
        {
            column.AddNull();
        }
        else
        {
            column.Add(model.Model.Hash.AsMemory(0, HashDigits));
        }
    }

    internal static void AddEntity(NullableColumn<long> column, ulong pseudonym)
    {
        if (pseudonym == 0)
        {
            column.AddNull();
        }
        else
        {
            column.Add(unchecked((long)pseudonym));
        }
    }

    private void AddCountry(CountryCode country)
    {
        if (country.IsKnown)
        {
            _country.Add(CountryNames[country.Value]);
        }
        else
        {
            _country.AddNull();
        }
    }

    private void AddLabels(ulong labels)
    {
        _labels.Begin();
        for (; labels != 0; labels &= labels - 1)
        {
            _labels.Add(LabelCatalogue.All[System.Numerics.BitOperations.TrailingZeroCount(labels)].Name.AsMemory());
        }

        _labels.End();
    }

    private void AddRules(DecisionRecord record)
    {
        var rules = record.Policy.Rules;
        _rules.Begin();
        _contributions.Begin();
        for (var i = 0; i < record.Rules.Length; i++)
        {
            _rules.Add(rules[record.Rules[i]].Id.AsMemory());

            // A relief that had nothing to lower contributes −0, which would be shown; adding 0 makes it 0.
            _contributions.Add(record.Contributions[i] + 0.0);
        }

        if (record.ModelContribution != 0)
        {
            _rules.Add(PolicyModel.RuleName.AsMemory());
            _contributions.Add(record.ModelContribution);
        }

        _rules.End();
        _contributions.End();
        _shadowRules.Begin();
        foreach (var rule in record.ShadowRules)
        {
            _shadowRules.Add(rules[rule].Id.AsMemory());
        }

        _shadowRules.End();
    }

    private void AddModels(DecisionRecord record)
    {
        AddHash(_model, record.Policy.Model);
        for (var risk = 0; risk < Risks.Count; risk++)
        {
            if (double.IsNaN(record.Probabilities[risk]))
            {
                _probabilities[risk].AddNull();
            }
            else
            {
                _probabilities[risk].Add(record.Probabilities[risk]);
            }
        }

        AddHash(_shadowModel, record.Policy.Shadow);
        if (record.ShadowScore < 0)
        {
            _shadowScore.AddNull();
        }
        else
        {
            _shadowScore.Add(record.ShadowScore);
        }
    }

    private void AddEntities(DecisionRecord record)
    {
        Span<byte> blob = stackalloc byte[EntitySlot.Count * EntityBytes];
        var length = 0;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            if (record.Entity(slot) is not 0 and var pseudonym)
            {
                blob[length] = (byte)slot;
                BinaryPrimitives.WriteUInt64BigEndian(blob[(length + 1)..], pseudonym);
                length += EntityBytes;
            }
        }

        _entities.Add(_blobs.Copy(blob[..length]));
    }
}
