namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// The slot of a key in a Redis Cluster: CRC16 of the key (polynomial 0x1021, from 0), its lowest 14 bits. Redis Cluster
/// specification, "Key distribution model". Where a key holds braces, as one of some hundred of the service's does by
/// chance, what stands between them is taken ("Hash tags").
/// </summary>
internal static class KeySlot
{
    /// <summary>Number of slots.</summary>
    public const int Count = 16_384;

    /// <summary>Gives which shard holds a key, the slots shared out as redis-cli does: each shard begins at the nearest whole slot.</summary>
    public static int ShardOf(ReadOnlySpan<byte> key, int shards)
    {
        int slot = Of(key);
        int shard = shards - 1;
        while (shard > 0 && slot < Math.Round((double)shard * Count / shards))
        {
            shard--;
        }

        return shard;
    }

    /// <summary>Gives a key's slot.</summary>
    public static int Of(ReadOnlySpan<byte> key)
    {
        int open = key.IndexOf((byte)'{');
        int length = open < 0 ? 0 : key[(open + 1)..].IndexOf((byte)'}');
        key = length > 0 ? key.Slice(open + 1, length) : key;
        uint crc = 0;
        foreach (byte one in key)
        {
            crc ^= (uint)one << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }

            crc &= 0xffff;
        }

        return (int)(crc % Count);
    }
}
