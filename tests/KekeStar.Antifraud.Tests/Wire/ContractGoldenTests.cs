using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;

namespace KekeStar.Antifraud.Tests.Wire;

/// <summary>
/// Numbers, types and names of the contract are promised: whoever changes one breaks every gateway. After an addition:
/// <c>UPDATE_GOLDEN=1 dotnet test tests/KekeStar.Antifraud.Tests --filter FullyQualifiedName~ContractGoldenTests</c>.
/// </summary>
public class ContractGoldenTests
{
    [Fact]
    public void No_field_enum_value_or_method_was_renumbered_renamed_retyped_or_removed()
    {
        var path = RepositoryFiles.PathOf("tests/KekeStar.Antifraud.Tests/Wire/contract.golden.txt");
        var actual = Describe();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void Numbers_and_names_are_unique_and_enums_start_with_unspecified()
    {
        foreach (var enumeration in ContractTree.Enums())
        {
            Assert.Equal(enumeration.Values.Count, enumeration.Values.Select(value => value.Number).Distinct().Count());
            Assert.EndsWith("_UNSPECIFIED", enumeration.FindValueByNumber(0).Name, StringComparison.Ordinal);
        }
    }

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (var message in ContractTree.Messages().OrderBy(message => message.FullName, StringComparer.Ordinal))
        {
            foreach (var field in message.Fields.InFieldNumberOrder())
            {
                text.Append(CultureInfo.InvariantCulture, $"{message.FullName} {field.FieldNumber} {field.Name} {Type(field)}\n");
            }
        }

        foreach (var enumeration in ContractTree.Enums().OrderBy(enumeration => enumeration.FullName, StringComparer.Ordinal))
        {
            foreach (var value in enumeration.Values.OrderBy(value => value.Number))
            {
                text.Append(CultureInfo.InvariantCulture, $"{enumeration.FullName} {value.Number} {value.Name}\n");
            }
        }

        foreach (var method in ContractTree.Files.SelectMany(file => file.Services).SelectMany(service => service.Methods))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{method.FullName} {(method.IsClientStreaming ? "stream " : "")}{method.InputType.Name} {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.Name}\n");
        }

        return text.ToString();
    }

    private static string Type(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        var label = field.IsRepeated ? "repeated " : field.HasPresence && field.FieldType != FieldType.Message ? "optional " : "";
        return label + type;
    }
}
