# One image for web, worker, beat and every command; compose.yaml shows how they go together.

FROM node:20-bookworm-slim AS packages
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm AS system
# Pango draws the PDFs; one font is there for letters that the documents' own font lacks.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH

FROM system AS build
RUN python -m venv /opt/venv && pip install --no-cache-dir uv
WORKDIR /srv/agency
COPY requirements.txt ./
RUN uv pip install --no-cache -r requirements.txt --python /opt/venv/bin/python --compile-bytecode
COPY . .
COPY --from=packages /src/node_modules node_modules
# The key is for these two commands only; a server must bring its own.
RUN export SECRET_KEY=only-while-the-image-is-built VAR_DIR=/tmp/build STATIC_ROOT=/srv/static \
    && python manage.py assets \
    && python manage.py collectstatic --noinput -v 0 \
    && rm -rf node_modules

FROM system
RUN useradd --system --uid 1000 --home-dir /srv/agency agency \
    && install -d -o agency -g agency /var/lib/agency
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/agency /srv/agency
WORKDIR /srv/agency
ENV VAR_DIR=/var/lib/agency STATIC_ROOT=/srv/static DEBUG=0 PORT=8000
USER agency
VOLUME /var/lib/agency
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:%s/healthz' % os.environ['PORT'], timeout=4)"]
# WEB_CONCURRENCY, gunicorn's own variable, is the number of processes.
CMD ["sh", "-c", "exec gunicorn agency.wsgi:application --no-control-socket --bind 0.0.0.0:$PORT --worker-class gthread --threads ${WEB_THREADS:-8} --worker-tmp-dir /dev/shm --graceful-timeout 25"]
