using System.Linq.Expressions;
using System.Reflection.Emit;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>
/// A lambda that became an expression tree is not a method of its closure: the surrounding code names it.
/// </summary>
public sealed class ExpressionTests
{
    private static Expression<Func<object?>>? s_expression;
    private static Func<object?>? s_compiled;

    [Fact]
    public void A_variable_captured_by_an_expression_tree_is_named_with_its_method()
    {
        LifetimeReport report = Leak.Check(Express);
        Assert.Equal("captured variable 'leaked' in ExpressionTests.Express", report.Paths[0].Steps[^1].Reference);
        s_expression = null;
    }

    [Fact]
    public async Task A_variable_captured_by_an_expression_tree_in_an_async_method_is_named()
    {
        LifeTimeMonitor monitor = await LifeTimeMonitor.TrackAsync(ExpressLater);
        LifetimeReport report = await monitor.CheckAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("captured variable 'leaked' in ExpressionTests.ExpressLater", report.Paths[0].Steps[^1].Reference);
        s_expression = null;
    }

    [Fact]
    public void A_compiled_expression_is_said_to_be_one()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            Leaked leaked = Express();
            s_compiled = s_expression!.Compile();
            s_expression = null;
            return leaked;
        });
        Assert.Equal(
            [
                "static field LifetimeMonitoring.Tests.Paths.ExpressionTests.s_compiled = a compiled expression",
                "captured by the expression",
                "captured variable 'leaked' in ExpressionTests.Express"
            ],
            report.Paths[0].Steps.Select(s => s.Reference));
        s_compiled = null;
    }

    [Fact]
    public void A_dynamic_method_is_named()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            var method = new DynamicMethod("Touch", typeof(object), [typeof(Leaked)], typeof(ExpressionTests).Module);
            method.GetILGenerator().Emit(OpCodes.Ldarg_0);
            method.GetILGenerator().Emit(OpCodes.Ret);
            s_compiled = method.CreateDelegate<Func<object?>>(leaked);
            return leaked;
        });
        Assert.Equal("static field LifetimeMonitoring.Tests.Paths.ExpressionTests.s_compiled = dynamic method Touch", report.Paths[0].Root);
        s_compiled = null;
    }

    private static Leaked Express()
    {
        var leaked = new Leaked();
        s_expression = () => leaked.Next;
        return leaked;
    }

    private static async Task<Leaked> ExpressLater()
    {
        await Task.Yield();
        var leaked = new Leaked();
        s_expression = () => leaked.Next;
        return leaked;
    }
}
