package logtail.frontend.view;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.StrongCacheStorage;
import freemarker.core.Environment;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.templ.freemarker.FreeMarkerTemplateEngine;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fills the templates of {@code frontend-templates/}. Threadsafe; quick enough for an event loop up to a few hundred
 * rows.
 *
 * <p>Everything a template prints is escaped for HTML, because the files end in {@code .ftlh}; templates may not make
 * objects, and see nothing but the model.
 */
/*
 * The engine of Vert.x reads and writes templates in the platform's charset and in its default locale, and shares what
 * it compiled with every other engine of the process. So its configuration is used, with a loader and a cache of our
 * own, and templates are filled into text; what leaves here is UTF-8, wherever the process was started.
 */
public final class Templates {
    private static final String FOLDER = "/frontend-templates";
    private static final List<String> NAMES = List.of("layout", "page", "status", "message");

    private final Configuration configuration;
    private final String stylesheet;

    /**
     * Reads all templates. Blocks.
     *
     * @param stylesheet fingerprint of the stylesheet, so that a browser never mixes versions
     * @throws IllegalStateException when one is missing or broken
     */
    public Templates(Vertx vertx, String stylesheet) {
        this.configuration = FreeMarkerTemplateEngine.create(vertx, "ftlh").unwrap();
        this.stylesheet = stylesheet;
        configuration.setIncompatibleImprovements(Configuration.VERSION_2_3_33);
        configuration.setObjectWrapper(new DefaultObjectWrapper(Configuration.VERSION_2_3_33));
        configuration.setTemplateLoader(new ClassTemplateLoader(Templates.class, FOLDER));
        configuration.setCacheStorage(new StrongCacheStorage());
        configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        configuration.setLocalizedLookup(false);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setOutputEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        NAMES.forEach(this::template);
    }

    private Template template(String name) {
        try {
            return configuration.getTemplate(name + ".ftlh");
        } catch (IOException e) {
            throw new IllegalStateException("template " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Fills a template.
     *
     * @param name without its extension
     * @throws IllegalStateException when the template does not fit the model
     */
    public Buffer fill(String name, Map<String, Object> model) {
        StringWriter text = new StringWriter(16 << 10);
        try {
            Environment environment = template(name).createProcessingEnvironment(model, text);
            environment.setGlobalVariable("stylesheet", new SimpleScalar(stylesheet));
            environment.process();
        } catch (TemplateException e) {
            throw new IllegalStateException(name + ": " + e.getMessageWithoutStackTop(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        return Buffer.buffer(text.toString());
    }
}
