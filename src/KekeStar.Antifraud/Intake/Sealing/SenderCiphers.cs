using System.Security.Cryptography;

namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>
/// The ciphers of the senders that were met last. Bounded: a sender who draws ever new salts can push others out, who
/// then cost one more derivation, but can never fill the memory; and only who holds a key gets in at all, because a
/// cipher is kept once it has opened something.
/// </summary>
/// <remarks>Not for several threads at once: <see cref="SealedIdentifiers"/> holds the lock.</remarks>
internal sealed class SenderCiphers
{
    /// <summary>Most ciphers: 64, some 1 KiB of OpenSSL's memory each; one for each sealer, which is one for each gateway process.</summary>
    public const int Capacity = 64;

    private readonly UInt128[] _salts = new UInt128[Capacity];
    private readonly Sender[] _senders = new Sender[Capacity];
    private long _clock;

    /// <summary>Number of ciphers kept.</summary>
    public int Count { get; private set; }

    /// <summary>The cipher of a sender; null: it is not kept.</summary>
    public AesGcm? Find(SealingKey key, UInt128 salt)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_salts[i] == salt && _senders[i].Key == key)
            {
                _senders[i].LastUse = ++_clock;
                return _senders[i].Cipher;
            }
        }

        return null;
    }

    /// <summary>Keeps a cipher, which belongs to this object from now on; the one longest unused goes.</summary>
    public void Add(SealingKey key, UInt128 salt, AesGcm cipher)
    {
        var place = Count;
        if (Count == Capacity)
        {
            place = Oldest();
            _senders[place].Cipher.Dispose();
        }
        else
        {
            Count++;
        }

        _salts[place] = salt;
        _senders[place] = new Sender(key, cipher) { LastUse = ++_clock };
    }

    /// <summary>Drops the ciphers of all keys that are not in force any more.</summary>
    public void Keep(SealingKeys inForce)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (inForce.Find(_senders[i].Key.Id) != _senders[i].Key)
            {
                _senders[i].Cipher.Dispose();
                Count--;
                _salts[i] = _salts[Count];
                _senders[i] = _senders[Count];
                _senders[Count] = default;
            }
        }
    }

    private int Oldest()
    {
        var oldest = 0;
        for (var i = 1; i < Capacity; i++)
        {
            if (_senders[i].LastUse < _senders[oldest].LastUse)
            {
                oldest = i;
            }
        }

        return oldest;
    }

    private struct Sender(SealingKey key, AesGcm cipher)
    {
        public readonly SealingKey Key = key;
        public readonly AesGcm Cipher = cipher;
        public long LastUse;
    }
}
