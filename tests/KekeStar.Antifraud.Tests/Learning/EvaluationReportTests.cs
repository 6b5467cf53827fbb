using System.Text.Json;
using KekeStar.Antifraud.Learning.Data;
using KekeStar.Antifraud.Learning.Evaluation;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.Tests.Scoring;
using KekeStar.Antifraud.Tests.Scoring.Model;

namespace KekeStar.Antifraud.Tests.Learning;

public sealed class EvaluationReportTests
{
    [Fact]
    public void What_is_no_number_is_null_in_JSON_and_a_dash_in_text()
    {
        // Without an attack nothing is a recall.
        List<LabelledEvent> honest = [.. SyntheticEvents.Make(500, seed: 1).Where(static e => !e.IsAbusive)];
        var evaluation = Evaluator.Run(TestPolicies.Load(TestPolicies.Document()), new PolicyModel(TestModels.Make(1), 500), honest);

        using var document = JsonDocument.Parse(EvaluationReport.Json(evaluation));

        var point = document.RootElement.GetProperty("scorers")[0].GetProperty("points")[0];
        Assert.Equal("""{"hits":0,"total":0,"value":null,"low":0,"high":1}""", JsonSerializer.Serialize(point.GetProperty("seen")));
        Assert.Equal(honest.Count, point.GetProperty("false").GetProperty("total").GetInt32());
        Assert.Contains("| – | – |", EvaluationReport.Markdown(evaluation), StringComparison.Ordinal);
    }
}
