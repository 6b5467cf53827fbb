namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>Digits that follow from a number, the same in every process: SplitMix64.</summary>
internal ref struct CanaryDigits(ulong seed)
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyz";

    private ulong _state = seed * 0xD1342543DE82EF95 + 0x9E3779B97F4A7C15;

    public string Decimal(int count) => Text(count, 10);

    public string Hex(int count) => Text(count, 16);

    public string Alphanumeric(int count) => Text(count, Letters.Length);

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private string Text(int count, int radix)
    {
        Span<char> text = stackalloc char[count];
        ulong left = 0;
        for (var i = 0; i < count; i++)
        {
            left = left < uint.MaxValue ? Next() : left;
            text[i] = Letters[(int)(left % (uint)radix)];
            left /= (uint)radix;
        }

        return new string(text);
    }
}
