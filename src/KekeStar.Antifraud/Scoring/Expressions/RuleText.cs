using System.Linq.Expressions;
using System.Text;
using KekeStar.Antifraud.Features;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>
/// A rule's expression, split into the few tokens that are allowed and rewritten for the expression library: every
/// feature becomes a symbol of its own, every number a floating-point one.
/// </summary>
/// <remarks>
/// This is the first of two locks: a word that is not a feature never reaches the library, so neither types, methods
/// nor its keywords can be named. The second is <see cref="ConditionAnalysis"/>, which admits node by node.
/// </remarks>
internal sealed class RuleText
{
    private readonly StringBuilder _rewritten = new();
    private readonly List<int> _origins = [];
    private readonly string _text;
    private readonly Action<int, string, string> _report;
    private readonly ParameterExpression _values;
    private int _nesting;
    private int _prefixes;

    private RuleText(string text, ParameterExpression values, Action<int, string, string> report)
    {
        _text = text;
        _values = values;
        _report = report;
    }

    /// <summary>What the library parses.</summary>
    public string Rewritten => _rewritten.ToString();

    /// <summary>The symbols and what they stand for.</summary>
    public Dictionary<string, object> Symbols { get; } = new(StringComparer.Ordinal);

    /// <summary>Which feature an element access reads, and where it stands; by reference.</summary>
    public Dictionary<Expression, FeatureUse> Uses { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Splits and rewrites a text.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="values">The parameter that holds the features' values.</param>
    /// <param name="report">Takes column, what was seen and what is allowed.</param>
    public static RuleText Read(string text, ParameterExpression values, Action<int, string, string> report)
    {
        var result = new RuleText(text, values, report);
        for (var at = 0; at < text.Length;)
        {
            at += result.ReadToken(at);
        }

        return result;
    }

    /// <summary>The column, from 1, in the text as written of a position in <see cref="Rewritten"/>.</summary>
    public int Column(int position) => position < _origins.Count ? _origins[Math.Max(0, position)] + 1 : _text.Length + 1;

    private int ReadToken(int at)
    {
        var c = _text[at];
        if (c is ' ' or '\t' or '\r' or '\n')
        {
            return Copy(at, 1);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            _prefixes = 0;
            return ReadWord(at);
        }

        if (char.IsAsciiDigit(c))
        {
            _prefixes = 0;
            return ReadNumber(at);
        }

        return ReadOperator(at);
    }

    private int ReadWord(int at)
    {
        var length = 1;
        while (at + length < _text.Length && (char.IsAsciiLetterOrDigit(_text[at + length]) || _text[at + length] is '_' or '.'))
        {
            length++;
        }

        var word = _text.Substring(at, length);
        if (FeatureCatalogue.Find(word) is not { } feature)
        {
            _report(at + 1, $"\"{word}\"", Instead(word));
            return length;
        }

        var element = Expression.ArrayIndex(_values, Expression.Constant(feature.Index));
        Uses.Add(element, new FeatureUse(feature, at + 1));
        var symbol = $"f{Uses.Count}";
        Symbols.Add(symbol, feature.IsFlag ? Expression.Equal(element, Expression.Constant(1.0)) : element);
        Append(symbol, at);
        return length;
    }

    private static string Instead(string word) => word switch
    {
        "and" or "AND" => "&& for \"and\"",
        "or" or "OR" => "|| for \"or\"",
        "not" or "NOT" => "! for \"not\"",
        "true" or "false" => "a flag by itself, such as captcha.failed, or ! before it",
        { Length: > PolicyLimits.MaxNameLength } => "a feature of the catalogue (docs/features.md)",
        _ => $"a feature of the catalogue (docs/features.md); the nearest name is {NearestName.Feature(word)}",
    };

    private int ReadNumber(int at)
    {
        var length = 1;
        var points = 0;
        while (at + length < _text.Length && (char.IsAsciiDigit(_text[at + length]) || _text[at + length] == '.'))
        {
            points += _text[at + length] == '.' ? 1 : 0;
            length++;
        }

        var number = _text.Substring(at, length);
        var next = at + length < _text.Length ? _text[at + length] : ' ';
        if (points > 1 || number[^1] == '.' || length > 15 || char.IsAsciiLetter(next) || next == '_')
        {
            _report(at + 1, $"\"{number}\"", "a decimal number of at most 15 characters, such as 5 or 0.25");
            return length;
        }

        // Without the point the library would divide whole numbers as whole numbers: 1/2 would be 0.
        Append(points == 0 ? number + ".0" : number, at);
        return length;
    }

    private int ReadOperator(int at)
    {
        var two = at + 1 < _text.Length ? _text.AsSpan(at, 2) : default;
        if (two is "&&" or "||" or "==" or "!=" or "<=" or ">=")
        {
            _prefixes = 0;
            return Copy(at, 2);
        }

        var c = _text[at];
        switch (c)
        {
            case '(' when ++_nesting > PolicyLimits.MaxNesting:
                _report(at + 1, "a further '('", $"at most {PolicyLimits.MaxNesting} parentheses inside each other");
                return 1;
            case ')':
                _nesting--;
                break;
            case '-' or '!' when ++_prefixes > 2:
                _report(at + 1, $"'{c}' after two others", "one '-' or '!' before an operand");
                return 1;
            case '(' or '<' or '>' or '+' or '*' or '/' or '-' or '!':
                break;
            default:
                _report(at + 1, $"'{c}'", "features, numbers, ( ) + - * / < <= > >= == != && || !");
                return 1;
        }

        return Copy(at, 1);
    }

    private int Copy(int at, int length)
    {
        for (var i = 0; i < length; i++)
        {
            _rewritten.Append(_text[at + i]);
            _origins.Add(at + i);
        }

        return length;
    }

    private void Append(string text, int origin)
    {
        foreach (var c in text)
        {
            _rewritten.Append(c);
            _origins.Add(origin);
        }
    }
}

/// <summary>A feature at one place of an expression.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Column">Where, from 1.</param>
internal readonly record struct FeatureUse(Feature Feature, int Column);
